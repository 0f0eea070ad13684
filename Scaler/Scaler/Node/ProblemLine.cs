namespace Scaler.Node;

/// <summary>Keeps a fault that lasts from filling the log: it is worth a line when it begins, and when it changes.</summary>
internal sealed class ProblemLine
{
    private string? _current;

    /// <summary>Whether a fault lasts.</summary>
    public bool IsThere => Volatile.Read(ref _current) is not null;

    /// <summary>Whether this is not the fault that was seen last.</summary>
    public bool IsNew(Exception fault) => Interlocked.Exchange(ref _current, fault.Message) != fault.Message;

    /// <summary>All is well again.</summary>
    public void Clear() => Volatile.Write(ref _current, null);
}
