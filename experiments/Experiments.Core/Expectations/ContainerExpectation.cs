using System.Globalization;
using Experiments.Core.Courses;

namespace Experiments.Core.Expectations;

/// <summary>What holds of a function's container through a time.</summary>
internal enum ContainerCondition
{
    /// <summary>It is there, with the fixed low limit.</summary>
    Restricted,

    /// <summary>It has no fixed low limit, or is not there.</summary>
    Unrestricted,

    /// <summary>It is there and frozen.</summary>
    Frozen,

    /// <summary>It is not there.</summary>
    Absent,
}

/// <summary>That something holds of a function's container at every look within a time.</summary>
/// <param name="Function">The function.</param>
/// <param name="Condition">What.</param>
/// <param name="Within">When.</param>
internal sealed record ContainerExpectation(string Function, ContainerCondition Condition, Window Within) : Expectation
{
    public override string Sentence => $"the container of {Function} is {Condition.ToString().ToLowerInvariant()} {Within}";

    public override Finding Examine(Course course)
    {
        var rows = course.Between(Function, Within.From, Within.EndIn(course)).ToList();
        var wrong = rows.Where(r => !Holds(r.Container)).ToList();
        return rows.Count == 0 ? new Finding(Holds: false, "nothing: the experiment ended before")
            : wrong.Count == 0 ? new Finding(Holds: true, "throughout")
            : new Finding(Holds: false, string.Create(CultureInfo.InvariantCulture, $"{Describe(wrong[0].Container)} at {Seconds(wrong[0].At)}, {wrong.Count} of {rows.Count} looks"));
    }

    public override Expectation? Loosen(TimeSpan slack) => Within.Narrower(slack) is { } within ? this with { Within = within } : null;

    private bool Holds(ContainerSample? container) => Condition switch
    {
        ContainerCondition.Restricted => container?.RestrictionShares is not null,
        ContainerCondition.Unrestricted => container?.RestrictionShares is null,
        ContainerCondition.Frozen => container is { Frozen: true },
        ContainerCondition.Absent => container is null,
        _ => throw new InvalidOperationException($"Unknown condition {Condition}."),
    };

    private static string Describe(ContainerSample? container) => container switch
    {
        null => "absent",
        { Frozen: true } => "frozen",
        { RestrictionShares: not null } => "restricted",
        _ => "unrestricted",
    };
}

/// <summary>That the limit of a function's container stays within a range through a time; looks without a container do not count.</summary>
/// <param name="Function">The function.</param>
/// <param name="LeastShares">The least.</param>
/// <param name="MostShares">The most.</param>
/// <param name="Within">When.</param>
internal sealed record LimitExpectation(string Function, int LeastShares, int MostShares, Window Within) : Expectation
{
    public override string Sentence =>
        string.Create(CultureInfo.InvariantCulture, $"the limit of {Function} is {LeastShares} to {MostShares} shares {Within}");

    public override Finding Examine(Course course)
    {
        var limits = course.Between(Function, Within.From, Within.EndIn(course)).Select(r => r.Container?.LimitShares).OfType<int>().ToList();
        return limits.Count == 0
            ? new Finding(Holds: false, "no container")
            : new Finding(limits.Min() >= LeastShares && limits.Max() <= MostShares, Range(limits.Min(), limits.Max()));
    }

    /// <remarks>A policy follows the load within a real second, however much shorter everything else is.</remarks>
    public override Expectation? Loosen(TimeSpan slack) => null;

    private static string Range(int least, int most) =>
        string.Create(CultureInfo.InvariantCulture, $"{(least == most ? $"{least}" : $"{least} to {most}")} shares");
}
