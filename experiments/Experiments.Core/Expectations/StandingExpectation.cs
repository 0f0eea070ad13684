using System.Globalization;
using CreditManager.Core.Money;
using Experiments.Core.Courses;

namespace Experiments.Core.Expectations;

/// <summary>How a user stands at a time.</summary>
/// <param name="User">The user.</param>
/// <param name="At">When; null for the end.</param>
/// <param name="Standing">Normal, low, indebted or exhausted.</param>
internal sealed record StandingExpectation(string User, TimeSpan? At, string Standing) : Expectation
{
    /// <summary>How exactly that time is known.</summary>
    public TimeSpan Slack { get; init; }

    public override string Sentence =>
        $"{User} is {Standing} {(At is not { } at ? "at the end" : Slack > TimeSpan.Zero ? $"about {Seconds(at)}" : "at " + Seconds(at))}";

    public override Finding Examine(Course course)
    {
        var at = At ?? course.End;
        var seen = course.AccountAt(User, at)?.Standing ?? "unknown";
        var isSeenNear = course.Accounts.Any(a => a.User == User && a.Standing == Standing && (a.At - at).Duration() <= Slack);
        return isSeenNear ? new Finding(Holds: true, Standing) : new Finding(seen == Standing, seen);
    }

    public override Expectation? Loosen(TimeSpan slack) => this with { Slack = slack };
}

/// <summary>What a user's balance is at a time.</summary>
/// <param name="User">The user.</param>
/// <param name="At">When; null for the end.</param>
/// <param name="Least">The least that it may be.</param>
/// <param name="Most">The most that it may be.</param>
internal sealed record BalanceExpectation(string User, TimeSpan? At, GrcAmount Least, GrcAmount Most) : Expectation
{
    public override string Sentence => $"{User} has {Least} to {Most} GRC {(At is { } at ? "at " + Seconds(at) : "at the end")}";

    public override Finding Examine(Course course)
    {
        var seen = course.AccountAt(User, At ?? course.End)?.Balance;
        return seen is { } balance
            ? new Finding(balance >= Least && balance <= Most, string.Create(CultureInfo.InvariantCulture, $"{balance.Halfords / (decimal)GrcAmount.HalfordsPerGrc:0.00} GRC"))
            : new Finding(Holds: false, "unknown");
    }

    public override Expectation? Loosen(TimeSpan slack) => this with { At = At + slack };
}
