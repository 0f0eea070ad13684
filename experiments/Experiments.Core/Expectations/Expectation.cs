using System.Globalization;
using Experiments.Core.Courses;

namespace Experiments.Core.Expectations;

/// <summary>Something that a course should show.</summary>
internal abstract record Expectation
{
    /// <summary>What the figure is called in the table of ours against the published ones; empty keeps it out of the table.</summary>
    public string Figure { get; init; } = "";

    /// <summary>The published figure; empty where nothing was published.</summary>
    public string Published { get; init; } = "";

    /// <summary>The line of the scenario file that says it; 0 for none.</summary>
    public int Line { get; init; }

    /// <summary>What should be, in one sentence.</summary>
    public abstract string Sentence { get; }

    /// <summary>Whether it is so.</summary>
    public abstract Finding Examine(Course course);

    /// <summary>The same of a course whose times are only known to <paramref name="slack"/>; null where nothing can be said of it then.</summary>
    public virtual Expectation? Loosen(TimeSpan slack) => this;

    /// <summary>A time for people.</summary>
    protected static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s");
}

/// <summary>What an expectation found.</summary>
/// <param name="Holds">Whether it is as expected.</param>
/// <param name="Seen">What was seen.</param>
internal sealed record Finding(bool Holds, string Seen);

/// <summary>From when to when, both included; a time beyond the end is the end.</summary>
internal readonly record struct Window(TimeSpan From, TimeSpan? To)
{
    public bool Contains(TimeSpan at) => at >= From && (To is not { } to || at <= to);

    /// <summary>With room for what comes late.</summary>
    public Window Wider(TimeSpan slack) => this with { To = To + slack };

    /// <summary>Without its beginning and its end, where what is looked for may not be there yet, or no more; null where nothing is left.</summary>
    public Window? Narrower(TimeSpan slack) => To - slack <= From + slack ? null : new Window(From + slack, To - slack);

    public TimeSpan EndIn(Course course) => To is { } to && to < course.End ? to : course.End;

    public override string ToString() => To is { } to
        ? string.Create(CultureInfo.InvariantCulture, $"from {From.TotalSeconds:0.#} s to {to.TotalSeconds:0.#} s")
        : string.Create(CultureInfo.InvariantCulture, $"from {From.TotalSeconds:0.#} s on");
}

/// <summary>An event: what, and to what.</summary>
/// <param name="Kind">One of <see cref="EventKinds"/>.</param>
/// <param name="Subject">The task, function or user.</param>
internal sealed record EventName(string Kind, string Subject)
{
    public bool Matches(CourseEvent happened) => happened.Kind == Kind && happened.Subject == Subject;

    public override string ToString() => $"{Kind} {Subject}";
}
