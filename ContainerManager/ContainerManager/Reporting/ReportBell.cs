using ContainerManager.Functions;

namespace ContainerManager.Reporting;

/// <summary>Wakes those who tell CreditManager of attempts, and those who bring its answers into the buckets.</summary>
internal sealed class ReportBell
{
    /// <summary>Set when an attempt has to be told of.</summary>
    public Pulse Due { get; } = new();

    /// <summary>Set when a signed receipt may be ready for its bucket.</summary>
    public Pulse Proven { get; } = new();
}
