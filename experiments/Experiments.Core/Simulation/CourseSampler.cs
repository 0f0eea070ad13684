using Experiments.Core.Courses;
using Experiments.Core.Scenarios;
using Scaler.Core;

namespace Experiments.Core.Simulation;

/// <summary>Writes down how functions and users are at a moment.</summary>
internal sealed class CourseSampler(
    Scenario scenario, SimulatedNode node, SimulatedLedger ledger, IReadOnlyList<FunctionSimulation> functions, CourseRecorder recorder)
{
    private readonly Dictionary<string, (string Container, long Used)> _last = new(StringComparer.Ordinal);
    private TimeSpan _lastAt = TimeSpan.FromTicks(-1);

    /// <summary>Writes a row for each; none where this moment has its rows already.</summary>
    public void Sample()
    {
        if (node.Now == _lastAt)
        {
            return;
        }

        var elapsed = node.Now - _lastAt;
        foreach (var function in functions)
        {
            recorder.Functions.Add(Row(function, elapsed));
        }

        foreach (var user in scenario.Billing ? scenario.Users : [])
        {
            var coins = ledger.WalletOf(user.Name);
            var balance = coins - ledger.UnsettledOf(user.Name);
            recorder.Accounts.Add(new AccountRow(
                node.Now, user.Name, coins, balance, CourseRecorder.Word(CreditManager.Core.Standings.StandingRules.Decide(balance, user.Terms).Standing)));
        }

        _lastAt = node.Now;
    }

    private FunctionRow Row(FunctionSimulation function, TimeSpan elapsed)
    {
        var name = function.Function.Name;
        var container = function.Container is { Node.IsFinal: false } up ? up.Node : null;
        var used = container?.UsageMicroseconds ?? 0;
        var before = container is not null && _last.TryGetValue(name, out var last) && last.Container == container.Id ? last.Used : 0;
        _last[name] = (container?.Id ?? "", used);
        return new FunctionRow(
            node.Now,
            name,
            (used - before) * (double)CpuQuota.SharesPerCore / Math.Max(1, elapsed.TotalMicroseconds),
            container is null ? null : Describe(container),
            function.Waiting,
            function.Running,
            function.Done);
    }

    private static ContainerSample Describe(NodeContainer container)
    {
        var record = container.Record;
        var upper = Math.Max(record.Bounds.MinShares, record.LimitShares - record.Bounds.BoundaryShares);
        var lower = Math.Max(record.Bounds.MinShares, upper - record.Bounds.BoundaryShares);
        return new ContainerSample(record.LimitShares, upper, lower, record.RestrictionShares, record.Frozen);
    }
}
