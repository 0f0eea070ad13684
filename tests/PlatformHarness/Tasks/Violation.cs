using System.Text.Json;

namespace PlatformHarness.Tasks;

/// <summary>What kind of promise was broken.</summary>
internal enum ViolationKind
{
    /// <summary>A task did not end, or not as it had to.</summary>
    Lost,

    /// <summary>A task ended, or ran, more than once.</summary>
    Doubled,

    /// <summary>Records, receipts or results are not as they should be.</summary>
    Wrong,

    /// <summary>Usage or money was lost or doubled.</summary>
    Money,

    /// <summary>Something is left after the stop, or a service has grown.</summary>
    Left,
}

/// <summary>A broken promise.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="Subject">The task, or whatever it is about.</param>
/// <param name="Words">What is wrong.</param>
internal sealed record Violation(ViolationKind Kind, string Subject, string Words)
{
    /// <summary>On one line, whatever the subject's name is.</summary>
    public override string ToString() => $"VIOLATION {Kind.ToString().ToLowerInvariant()}: {JsonSerializer.Serialize(Subject)}: {Words}";
}
