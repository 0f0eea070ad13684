using Scaler.Core.Containers;
using Scaler.Core.Policies;

namespace Scaler.Core.Tests;

public sealed class ContainerRulesTests
{
    private static readonly ContainerSpec Valid = new("user0", "stress", 1, new ScalingBounds(0, 400, 25), null, 64L << 20, 64, "tracking");

    [Fact]
    public void Check_Valid_HasNoErrors() => Assert.Empty(ContainerRules.Check(Valid));

    [Theory]
    [InlineData("a")]
    [InlineData("-")]
    [InlineData("0123456789-abcdefghijklmnopqrstuvwxyz-0123456789-abcdefghijklmnopq")]
    public void CheckId_Allowed_HasNoErrors(string id) => Assert.Empty(ContainerRules.CheckId(id[..Math.Min(64, id.Length)]));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("a\nb")]
    [InlineData("ä")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123x")]
    public void CheckId_Hostile_IsRefusedInOneLine(string? id)
    {
        var error = Assert.Single(ContainerRules.CheckId(id));

        Assert.StartsWith("container_id: ", error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
    }

    [Fact]
    public void CheckId_Refused_IsQuotedShortAndHarmless()
    {
        static string Error(string? id) => Assert.Single(ContainerRules.CheckId(id));

        Assert.Equal("container_id: nothing is not allowed; allowed: 1 to 64 of a-z 0-9 -.", Error(null));
        Assert.Equal("container_id: \"a?b\" is not allowed; allowed: 1 to 64 of a-z 0-9 -.", Error("a\nb"));
        Assert.StartsWith($"container_id: \"{new string('A', 64)}\" is", Error(new string('A', 64)), StringComparison.Ordinal);
        Assert.StartsWith($"container_id: \"{new string('A', 64)}…\" is", Error(new string('A', 65)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("az09-", true)]
    [InlineData("`", false)]
    [InlineData("{", false)]
    [InlineData("/", false)]
    [InlineData(":", false)]
    public void CheckId_NeighboursOfWhatIsAllowed_AreRefused(string id, bool allowed) => Assert.Equal(allowed, !ContainerRules.CheckId(id).Any());

    [Theory]
    [InlineData("u", true)]
    [InlineData("user of the ä-team", true)]
    [InlineData("*256", true)]
    [InlineData("*257", false)]
    [InlineData("", false)]
    [InlineData("  ", false)]
    [InlineData("a\nb", false)]
    public void Check_UserAndFunction_AreOneTo256Characters(string pattern, bool allowed)
    {
        var name = pattern[0..Math.Min(1, pattern.Length)] == "*" ? new string('x', int.Parse(pattern[1..], System.Globalization.CultureInfo.InvariantCulture)) : pattern;

        Assert.Equal(allowed, !ContainerRules.Check(Valid with { User = name }).Any());
        Assert.Equal(allowed, !ContainerRules.Check(Valid with { Function = name }).Any());
    }

    [Fact]
    public void Check_LeastAndMostOfEverything_IsAllowed()
    {
        Assert.Empty(ContainerRules.Check(new ContainerSpec("u", "f", 1, new ScalingBounds(0, 1, 1, 1), 1, 16L << 20, 8, "fixed", 1)));
        Assert.Empty(ContainerRules.Check(
            new ContainerSpec("u", "f", 64, new ScalingBounds(100_000, 100_000, 100_000, 100_000), 100_000, 1L << 50, 4_194_304, "rules", 10_000, 1L << 50)));
    }

    [Fact]
    public void Check_BeyondTheLeastAndMost_SaysWhatIsAllowed()
    {
        Assert.Equal(
            [
                "slots: 0 is not allowed; allowed: 1 to 64.",
                "limits.min_shares: -1 is not allowed; allowed: 0 to 100000.",
                "limits.max_shares: 0 is not allowed; allowed: 1 to 100000.",
                "limits.boundary_shares: 0 is not allowed; allowed: 1 to 100000.",
                "limits.step_shares: 0 is not allowed; allowed: 1 to 100000.",
                "memory_limit_bytes: 16777215 is not allowed; allowed: 16777216 to 1125899906842624.",
                "process_limit: 7 is not allowed; allowed: 8 to 4194304.",
                "policy: \"guess\" is not allowed; allowed: tracking, rules, fixed.",
                "memory_min_bytes: -1 is not allowed; allowed: 0 to 16777215.",
            ],
            ContainerRules.Check(new ContainerSpec("u", "f", 0, new ScalingBounds(-1, 0, 0, 0), null, (16L << 20) - 1, 7, "guess", MemoryMinBytes: -1)));
        Assert.Equal(
            [
                "user: \"\" is not allowed; allowed: 1 to 256 characters, no control characters.",
                "slots: 65 is not allowed; allowed: 1 to 64.",
                "limits.min_shares: 100001 is not allowed; allowed: 0 to 100000.",
                "limits.max_shares: 100001 is not allowed; allowed: 1 to 100000.",
                "limits.boundary_shares: 100001 is not allowed; allowed: 1 to 100000.",
                "limits.step_shares: 100001 is not allowed; allowed: 1 to 100000.",
                "memory_limit_bytes: 1125899906842625 is not allowed; allowed: 16777216 to 1125899906842624.",
                "process_limit: 4194305 is not allowed; allowed: 8 to 4194304.",
                "weight: 10001 is not allowed; allowed: 1 to 10000.",
            ],
            ContainerRules.Check(new ContainerSpec("", "f", 65, new ScalingBounds(100_001, 100_001, 100_001, 100_001), null, (1L << 50) + 1, 4_194_305, "fixed", 10_001)));
        Assert.Equal(["memory_min_bytes: 1 is not allowed; allowed: 0 to 0."], ContainerRules.Check(Valid with { MemoryLimitBytes = -5, MemoryMinBytes = 1 }).Skip(1));
    }

    [Fact]
    public void Check_EverythingWrong_NamesEveryMember()
    {
        var wrong = new ContainerSpec("", "f\u0000", 65, new ScalingBounds(-1, 0, 0, 0), 5, 1, 7, "guess", 0);

        var errors = ContainerRules.Check(wrong).Select(e => e.Split(':')[0]);

        Assert.Equal(
            ["user", "function", "slots", "limits.min_shares", "limits.max_shares", "limits.boundary_shares", "limits.step_shares", "memory_limit_bytes", "process_limit", "policy", "weight"],
            errors);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(10_000, false)]
    [InlineData(10_001, true)]
    public void Check_Weight_IsOneToTenThousand(int weight, bool refused) =>
        Assert.Equal(refused, ContainerRules.Check(Valid with { Weight = weight }).Any());

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(64L << 20, false)]
    [InlineData((64L << 20) + 1, true)]
    public void Check_MemoryMinimum_IsZeroToTheHardLimit(long bytes, bool refused) =>
        Assert.Equal(refused, ContainerRules.Check(Valid with { MemoryMinBytes = bytes }).Any());

    [Theory]
    [InlineData(100, 50, null, "max_shares")]
    [InlineData(50, 100, 49, "limit_shares")]
    [InlineData(50, 100, 101, "limit_shares")]
    [InlineData(0, 100, 0, "limit_shares")]
    [InlineData(0, 100_001, null, "max_shares")]
    [InlineData(int.MinValue, int.MaxValue, null, "min_shares")]
    public void CheckLimits_Impossible_NamesMemberAndWhatIsAllowed(int min, int max, int? limit, string member) =>
        Assert.StartsWith(member + ": ", ContainerRules.CheckLimits(new ScalingBounds(min, max, 25), limit).First(), StringComparison.Ordinal);

    [Theory]
    [InlineData(50, 50, null)]
    [InlineData(50, 100, 50)]
    [InlineData(50, 100, 100)]
    [InlineData(0, 100, 1)]
    public void CheckLimits_AtTheEdges_HasNoErrors(int min, int max, int? limit) =>
        Assert.Empty(ContainerRules.CheckLimits(new ScalingBounds(min, max, 25), limit));

    [Fact]
    public void CheckLimits_MaximumBelowMinimum_NamesBoth() => Assert.Equal(
        "max_shares: 50 is less than min_shares, 100.", Assert.Single(ContainerRules.CheckLimits(new ScalingBounds(100, 50, 25), null)));

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void CheckSlot_Number_IsBelowTheCount(int slot, bool allowed)
    {
        var errors = ContainerRules.CheckSlot(slot, 3).ToList();

        Assert.Equal(allowed ? [] : [$"slot: {slot} is not allowed; allowed: 0 to 2."], errors);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(400, false)]
    [InlineData(401, true)]
    public void CheckRestriction_AtTheEdges_IsOneToTheMaximum(int shares, bool refused) =>
        Assert.Equal(refused, ContainerRules.CheckRestriction(shares, Valid.Bounds).Any());

    [Fact]
    public void DifferencesFrom_EachMember_IsNamed()
    {
        Assert.Empty(Valid.DifferencesFrom(Valid with { Bounds = Valid.Bounds with { } }));
        Assert.Equal(["user"], Valid.DifferencesFrom(Valid with { User = "other" }));
        Assert.Equal(["function"], Valid.DifferencesFrom(Valid with { Function = "other" }));
        Assert.Equal(["slots"], Valid.DifferencesFrom(Valid with { Slots = 2 }));
        Assert.Equal(["limits"], Valid.DifferencesFrom(Valid with { Bounds = Valid.Bounds with { StepShares = 1 } }));
        Assert.Equal(["limits"], Valid.DifferencesFrom(Valid with { LimitShares = 7 }));
        Assert.Equal(["memory_limit_bytes"], Valid.DifferencesFrom(Valid with { MemoryLimitBytes = 1 }));
        Assert.Equal(["process_limit"], Valid.DifferencesFrom(Valid with { ProcessLimit = 1 }));
        Assert.Equal(["policy"], Valid.DifferencesFrom(Valid with { Policy = "fixed" }));
        Assert.Equal(["weight"], Valid.DifferencesFrom(Valid with { Weight = 7 }));
        Assert.Equal(["memory_min_bytes"], Valid.DifferencesFrom(Valid with { MemoryMinBytes = 7 }));
    }

    [Fact]
    public void DifferencesFrom_OtherRegistration_NamesTheMembers() =>
        Assert.Equal(["user", "limits", "weight"], Valid.DifferencesFrom(Valid with { User = "user1", LimitShares = 7, Weight = 7 }));
}
