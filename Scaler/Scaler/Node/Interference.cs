namespace Scaler.Node;

/// <summary>
/// Keeps somebody who changes the kernel's files again and again from filling the log: worth a line when it begins or when other files
/// are changed, and again after a minute of peace.
/// </summary>
internal sealed class Interference
{
    private static readonly TimeSpan Peace = TimeSpan.FromMinutes(1);

    private string? _files;
    private TimeSpan _at;

    /// <summary>Takes a change in; true where it is worth a line.</summary>
    public bool IsNew(string files, TimeSpan now)
    {
        var isNew = _files != files || now - _at >= Peace;
        (_files, _at) = (files, now);
        return isNew;
    }
}
