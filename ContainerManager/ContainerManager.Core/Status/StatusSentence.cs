using System.Globalization;

namespace ContainerManager.Core.Status;

/// <summary>What is going on in a function.</summary>
/// <param name="Problems">Everything that is wrong.</param>
/// <param name="Running">Tasks that run.</param>
/// <param name="Waiting">Tasks that wait.</param>
/// <param name="WaitingFor">Why they wait; null where only for their turn.</param>
/// <param name="Container">What the container does, such as "starting"; null where there is none.</param>
/// <param name="Frozen">Whether the running tasks stand still because of debt.</param>
/// <param name="Runway">How long the funds last, in words; null where that is not of interest.</param>
/// <param name="Warm">Why the container is up or not while nothing runs, in words; null where there is nothing to say.</param>
public sealed record StatusFacts(
    IReadOnlyList<string> Problems, int Running, long Waiting, string? WaitingFor, string? Container, bool Frozen, string? Runway = null, string? Warm = null);

/// <summary>Puts it into one sentence.</summary>
public static class StatusSentence
{
    /// <summary>The sentence.</summary>
    public static string Of(StatusFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var parts = new List<string>();
        if (facts.Running > 0)
        {
            parts.Add(Count(facts.Running) + (facts.Frozen ? " frozen: in debt" : facts.Running == 1 ? " runs" : " run"));
        }

        if (facts.Waiting > 0)
        {
            parts.Add(Count(facts.Waiting) + (facts.Waiting == 1 ? " waits" : " wait") + (facts.WaitingFor is { } why ? $": {why}" : ""));
        }

        if (facts.Container is { } container && facts.Running == 0)
        {
            parts.Add("the container is " + container);
        }

        if (facts.Warm is { } warm && facts.Running == 0)
        {
            parts.Add(warm);
        }

        if (facts.Runway is { } runway && facts.Running > 0)
        {
            parts.Add(runway);
        }

        if (facts.Problems.Count > 0)
        {
            var others = facts.Problems.Count - 1;
            parts.Add(facts.Problems[0].TrimEnd('.') + (others == 0 ? "" : $" (and {others} more: see problems)"));
        }

        return parts.Count == 0 ? "Nothing to do: drop task files into input/." : Capitalised(string.Join("; ", parts)) + ".";
    }

    private static string Count(long tasks) =>
        string.Create(CultureInfo.InvariantCulture, $"{tasks} task{(tasks == 1 ? "" : "s")}");

    private static string Capitalised(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
