using Experiments.Core.Courses;

namespace Experiments.Core.Expectations;

/// <summary>That something happens within a time; the first time counts that lies in it.</summary>
/// <param name="What">The event.</param>
/// <param name="Within">When.</param>
internal sealed record HappensExpectation(EventName What, Window Within) : Expectation
{
    public override string Sentence => $"{What} {Within}";

    public override Finding Examine(Course course)
    {
        var all = course.Events.Where(What.Matches).ToList();
        var seen = all.Find(e => Within.Contains(e.At)) ?? (all.Count > 0 ? all[0] : null);
        return seen is null ? new Finding(Holds: false, "never") : new Finding(Within.Contains(seen.At), Seconds(seen.At));
    }

    public override Expectation? Loosen(TimeSpan slack) => this with { Within = Within.Wider(slack) };
}

/// <summary>That something does not happen within a time.</summary>
/// <param name="What">The event.</param>
/// <param name="Within">When.</param>
internal sealed record NeverExpectation(EventName What, Window Within) : Expectation
{
    public override string Sentence => $"never {What} {Within}";

    public override Finding Examine(Course course) => course.Events.FirstOrDefault(e => What.Matches(e) && Within.Contains(e.At)) is { } seen
        ? new Finding(Holds: false, Seconds(seen.At))
        : new Finding(Holds: true, "never");

    public override Expectation? Loosen(TimeSpan slack) =>
        Within.To is null && Within.From == TimeSpan.Zero ? this
        : Within.Narrower(slack) is { } within ? this with { Within = within }
        : null;
}

/// <summary>That events come in an order; each is looked for after the one before.</summary>
/// <param name="Events">At least two.</param>
internal sealed record OrderExpectation(IReadOnlyList<EventName> Events) : Expectation
{
    public override string Sentence => "in this order: " + string.Join(", ", Events);

    public override Finding Examine(Course course)
    {
        var next = 0;
        var seen = new List<string>();
        foreach (var happened in course.Events)
        {
            if (next < Events.Count && Events[next].Matches(happened))
            {
                seen.Add(Seconds(happened.At));
                next++;
            }
        }

        return next == Events.Count
            ? new Finding(Holds: true, string.Join(", ", seen))
            : new Finding(Holds: false, $"{(next == 0 ? "" : string.Join(", ", seen) + ", then ")}no {Events[next]}");
    }
}
