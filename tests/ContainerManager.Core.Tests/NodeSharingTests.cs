using ContainerManager.Core.Dispatching;

namespace ContainerManager.Core.Tests;

public sealed class NodeSharingTests
{
    [Fact]
    public void Sharing_RoomForAll_AdmitsAll() =>
        Assert.Equal(["a", "b"], NodeSharing.Decide([], [new Wish("a", "u", 40, 0), new Wish("b", "v", 60, 1)], 100).Admitted);

    [Fact]
    public void Sharing_NotEnoughRoom_TheUserWhoHoldsLeastComesFirst()
    {
        var decision = NodeSharing.Decide(
            [new Holding("x", "rich", 50, null)], [new Wish("more", "rich", 50, 0), new Wish("first", "poor", 50, 1)], 100);

        Assert.Equal(["first"], decision.Admitted);
    }

    [Fact]
    public void Sharing_IdleContainer_YieldsBeforeABusyOne()
    {
        var decision = NodeSharing.Decide(
            [new Holding("busy", "u", 50, null), new Holding("idle", "u", 50, TimeSpan.FromSeconds(1))], [new Wish("w", "v", 50, 0)], 100);

        Assert.Equal((0, "idle"), (decision.Admitted.Count, Assert.Single(decision.Yielding)));
    }

    [Fact]
    public void Sharing_BusyContainers_YieldOnlyWhileTheirUserKeepsAsMuch()
    {
        Holding[] holdings = [new("a", "u", 50, null), new("b", "u", 50, null)];

        Assert.Single(NodeSharing.Decide(holdings, [new Wish("w", "v", 50, 0)], 100).Yielding);
        Assert.Empty(NodeSharing.Decide(holdings[..1], [new Wish("w", "v", 100, 0)], 100).Yielding);
    }

    [Fact]
    public void Sharing_WishLargerThanTheNode_DoesNotHoldUpTheOthers() =>
        Assert.Equal(["small"], NodeSharing.Decide([], [new Wish("huge", "u", 200, 0), new Wish("small", "u", 10, 1)], 100).Admitted);

    [Fact]
    public void Sharing_AnyNode_NeverAdmitsMoreThanFitsAndServesWhenFree()
    {
        var random = new Random(4711);
        for (var round = 0; round < 2000; round++)
        {
            var holdings = Enumerable.Range(0, random.Next(5)).Select(i => new Holding($"h{i}", $"u{random.Next(3)}", random.Next(1, 30), random.Next(2) == 0 ? null : TimeSpan.FromSeconds(random.Next(9)))).ToList();
            var wishes = Enumerable.Range(0, random.Next(1, 5)).Select(i => new Wish($"w{i}", $"u{random.Next(3)}", random.Next(1, 60), i)).ToList();
            var capacity = Math.Max(holdings.Sum(h => h.MemoryBytes), random.Next(1, 100));

            var decision = NodeSharing.Decide(holdings, wishes, capacity);

            Assert.True(holdings.Sum(h => h.MemoryBytes) + wishes.Where(w => decision.Admitted.Contains(w.Function)).Sum(w => w.MemoryBytes) <= capacity);
            Assert.All(decision.Yielding, y => Assert.Contains(holdings, h => h.Function == y));
            Assert.True(holdings.Count > 0 || decision.Admitted.Count > 0 || wishes.All(w => w.MemoryBytes > capacity));
        }
    }

    [Fact]
    public void Sharing_WhatWasAdmitted_CountsForItsUser()
    {
        Wish[] wishes = [new("a", "u", 40, 0), new("b", "u", 40, 1), new("c", "v", 40, 2)];

        Assert.Equal(["a", "c"], NodeSharing.Decide([], wishes, 100).Admitted);
    }

    [Fact]
    public void Sharing_EqualWishes_AreServedByAgeThenByName()
    {
        Wish[] wishes = [new("b", "u", 10, 1), new("a", "v", 10, 1), new("c", "w", 10, 0)];

        Assert.Equal(["c", "a", "b"], NodeSharing.Decide([], wishes, 100).Admitted);
        Assert.Equal(["c", "a", "b"], NodeSharing.Decide([], [.. wishes.Reverse()], 100).Admitted);
    }

    [Fact]
    public void Sharing_IdleContainers_YieldLongestIdleFirstAndNoMoreThanNeeded()
    {
        Holding[] holdings = [new("a", "u", 30, Seconds(1)), new("b", "u", 30, Seconds(3)), new("c", "u", 30, Seconds(2))];

        Assert.Equal(["b"], NodeSharing.Decide(holdings, [new Wish("w", "v", 40, 0)], 100).Yielding);
        Assert.Equal(["b", "c"], NodeSharing.Decide(holdings, [new Wish("w", "v", 41, 0)], 100).Yielding);
    }

    [Fact]
    public void Sharing_BusyContainers_ThoseOfWhoHoldsMostYieldThenByName()
    {
        Holding[] holdings = [new("a", "some", 30, null), new("b", "some", 30, null), new("y", "most", 30, null), new("x", "most", 30, null), new("z", "most", 30, null)];

        Assert.Equal(["x"], NodeSharing.Decide(holdings, [new Wish("w", "v", 30, 0)], 150).Yielding);
        Assert.Equal(["x"], NodeSharing.Decide([.. holdings.Reverse()], [new Wish("w", "v", 30, 0)], 150).Yielding);
    }

    [Fact]
    public void Sharing_BusyContainerThatYields_CountsAgainstTheNext()
    {
        // Both together would make room, but the second would leave its user with less than the one who waits would get.
        Holding[] holdings = [new("a", "u", 30, null), new("b", "u", 30, null), new("c", "u", 30, null)];

        Assert.Equal(["a"], NodeSharing.Decide(holdings, [new Wish("w", "v", 50, 0)], 100).Yielding);
    }

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}
