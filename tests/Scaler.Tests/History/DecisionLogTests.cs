using Scaler.Contracts;
using Scaler.History;

namespace Scaler.Tests.History;

public sealed class DecisionLogTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly DecisionLog _log = new();

    [Fact]
    public void Add_MoreThanItHolds_KeepsTheNewest()
    {
        for (var i = 0; i < 1000; i++)
        {
            _log.Add(Decision(i, limit: i));
        }

        Assert.Equal(Enumerable.Range(1000 - DecisionLog.Capacity, DecisionLog.Capacity), _log.Since(null).Select(d => d.LimitShares));
        Assert.Equal([998, 999], _log.Since(Noon.AddSeconds(997)).Select(d => d.LimitShares));
        Assert.Empty(_log.Since(Noon.AddSeconds(999)));
    }

    [Fact]
    public void Add_TheSameAgain_IsCounted()
    {
        _log.Add(Decision(1, limit: 50));
        _log.Add(Decision(2, limit: 50) with { BeforeShares = 60, UsedShares = 3 });
        _log.Add(Decision(3, limit: 51));
        _log.Add(Decision(4, limit: 50));

        Assert.Equal(
            [Decision(2, limit: 50) with { UsedShares = 3, Times = 2 }, Decision(3, limit: 51), Decision(4, limit: 50)],
            _log.Since(null));
    }

    private static ScalingDecision Decision(int second, int limit) =>
        new(Noon.AddSeconds(second), DecisionKind.Policy, "throttled", 40, limit, limit, 0, 0, 0);
}
