namespace Scaler.Core.Policies;

/// <summary>
/// The published platform's rule set: usage of a window that ended a while ago makes events, enough events make a request, and a
/// second loop applies the newest request. That loop's "downs before ups" is kept by whoever sets the limits of a whole node.
/// </summary>
public sealed class RulesPolicy : IScalingPolicy
{
    /// <inheritdoc/>
    public string Name => "rules";

    /// <inheritdoc/>
    public PolicyResult Decide(CpuSample sample, CurrentLimit limit, PolicyState? state, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(limit);
        var rules = state as RulesState ?? RulesState.Start(now);
        rules = rules with { History = rules.History.Add(sample, now - RuleSet.WindowDelay - RuleSet.Window) };
        if (now >= rules.EvaluateAt)
        {
            rules = Evaluate(rules, limit, now);
        }

        var wanted = limit.WantedShares;
        if (now >= rules.ApplyAt)
        {
            wanted = Due(rules.Request, now) ?? wanted;
            rules = rules with { Request = null, ApplyAt = Next(rules.ApplyAt, RuleSet.ApplyPeriod, now) };
        }

        var shares = limit.Bounds.Clamp(wanted);
        return new PolicyResult(new PolicyDecision(shares, shares, Reason(limit.WantedShares, wanted, shares)), rules);
    }

    private static RulesState Evaluate(RulesState state, CurrentLimit limit, TimeSpan now)
    {
        var end = now - RuleSet.WindowDelay;
        var usage = state.History.MeanShares(end - RuleSet.Window, end);
        var events = state.Events.RemoveAll(e => now - e.At > RuleSet.EventTimeout);
        if (usage is { } known && Classify(known, limit) is { } kind)
        {
            events = events.Add(new ScalingEvent(kind, now));
        }

        var next = state with { Events = events, EvaluateAt = Next(state.EvaluateAt, RuleSet.EvaluationPeriod, now) };
        return usage is null ? next : Match(next, limit, usage.Value, now);
    }

    private static EventKind? Classify(double usage, CurrentLimit limit)
    {
        var upper = limit.GrantedShares - limit.Bounds.BoundaryShares;
        var lower = upper - limit.Bounds.BoundaryShares;
        if (usage > upper && upper < limit.Bounds.MaxShares && limit.GrantedShares < limit.Bounds.MaxShares)
        {
            return EventKind.Up;
        }

        return usage > 0 && usage < lower && lower > limit.Bounds.MinShares ? EventKind.Down : null;
    }

    private static RulesState Match(RulesState state, CurrentLimit limit, double usage, TimeSpan now)
    {
        var (ups, downs) = (state.Count(EventKind.Up), state.Count(EventKind.Down));
        if (ups >= RuleSet.UpEventsToRaise && downs <= RuleSet.MostDownEventsToRaise)
        {
            var raised = Math.Min(limit.GrantedShares + limit.Bounds.StepShares, limit.Bounds.MaxShares);
            return state.Remove(EventKind.Up, RuleSet.UpEventsToRaise) with { Request = new ScalingRequest(raised, now) };
        }

        if (downs >= RuleSet.DownEventsToLower && ups == 0)
        {
            var lowered = usage + (RuleSet.BoundariesAboveUsage * limit.Bounds.BoundaryShares);
            return state.Remove(EventKind.Down, RuleSet.DownEventsToLower) with { Request = new ScalingRequest(Trim(lowered, limit), now) };
        }

        return state;
    }

    /// <summary>The bound `lower`, two boundaries below the limit, must not come below the minimum.</summary>
    private static int Trim(double shares, CurrentLimit limit) =>
        (int)Math.Ceiling(Math.Max(shares, limit.Bounds.MinShares + (2.0 * limit.Bounds.BoundaryShares)));

    private static int? Due(ScalingRequest? request, TimeSpan now) =>
        request is not null && now - request.At <= RuleSet.RequestTimeout ? request.Shares : null;

    private static string Reason(int before, int asked, int shares) => (shares - before, asked - before) switch
    {
        (0, _) => "",
        (_, 0) => "bounds changed",
        ( > 0, _) => "2 up events",
        _ => "6 down events",
    };

    /// <summary>Loops that fell behind skip what they missed.</summary>
    private static TimeSpan Next(TimeSpan due, TimeSpan period, TimeSpan now) => due + period > now ? due + period : now + period;
}
