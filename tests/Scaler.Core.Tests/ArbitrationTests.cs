using FsCheck;
using FsCheck.Fluent;
using Scaler.Core.Allocation;

namespace Scaler.Core.Tests;

public sealed class ArbitrationTests
{
    private static readonly Gen<IReadOnlyList<Claim>> Claims =
        from count in Properties.Between(1, 12)
        from parts in Properties.Between(0, 300).ArrayOf(5 * count)
        select (IReadOnlyList<Claim>)[.. parts.Chunk(5).Select(ToClaim)];

    [Fact]
    public void Divide_RoomForAll_EveryoneGetsTheWish()
    {
        var limits = Arbitration.Divide(400, [new Claim("a", "u", 1, 100, 150), new Claim("b", "v", 1, 50, 75)]);

        Assert.Equal((150, 75), (limits["a"], limits["b"]));
    }

    [Fact]
    public void Divide_Contended_SharesFairlyBetweenUsersNotContainers()
    {
        var limits = Arbitration.Divide(
            200, [new Claim("a", "many", 1, 200, 200), new Claim("b", "many", 1, 200, 200), new Claim("c", "many", 1, 200, 200), new Claim("d", "one", 1, 200, 200)]);

        Assert.Equal(100, limits["d"]);
        Assert.Equal(100, limits["a"] + limits["b"] + limits["c"]);
        Assert.All(["a", "b", "c"], id => Assert.InRange(limits[id], 33, 34));
    }

    [Fact]
    public void Divide_Contended_NeedComesBeforeHeadroom()
    {
        var limits = Arbitration.Divide(200, [new Claim("busy", "u", 1, 190, 225), new Claim("idle", "v", 1, 1, 25)]);

        Assert.InRange(limits["busy"], 190, 199);
        Assert.Equal(200, limits["busy"] + limits["idle"]);
    }

    [Fact]
    public void Divide_Restricted_GetsItsFixedLimitAndNoMore()
    {
        var limits = Arbitration.Divide(400, [new Claim("restricted", "u", 50, 50, 50), new Claim("other", "v", 1, 400, 400)]);

        Assert.Equal((50, 350), (limits["restricted"], limits["other"]));
    }

    [Fact]
    public void Divide_FloorsDoNotFit_AreCutFairly()
    {
        var limits = Arbitration.Divide(100, [new Claim("a", "u", 100, 100, 100), new Claim("b", "v", 100, 100, 100)]);

        Assert.Equal((50, 50), (limits["a"], limits["b"]));
    }

    [Fact]
    public void Divide_NoClaims_GivesNothing() => Assert.Empty(Arbitration.Divide(100, []));

    [Fact]
    public void Divide_AnyClaims_NeverGivesMoreThanTheNodeHas() => Properties.Hold(
        Claims, claims => Assert.InRange(Arbitration.Divide(400, claims).Values.Sum(), claims.Count, 400));

    [Fact]
    public void Divide_AnyClaims_WastesNothingThatIsWanted() => Properties.Hold(
        Claims, claims => Assert.Equal(Math.Min(400, claims.Sum(c => c.WantedShares)), Arbitration.Divide(400, claims).Values.Sum()));

    [Fact]
    public void Divide_AnyClaims_GivesWithinFloorAndWishWhereFloorsFit() => Properties.Hold(
        Claims.Where(c => c.Sum(x => x.FloorShares) <= 400),
        claims =>
        {
            var limits = Arbitration.Divide(400, claims);
            Assert.All(claims, c => Assert.InRange(limits[c.ContainerId], c.FloorShares, c.WantedShares));
        });

    [Fact]
    public void Divide_AnyOrderOfClaims_GivesTheSame() => Properties.Hold(
        Claims, claims => Assert.Equal(Arbitration.Divide(400, claims), Arbitration.Divide(400, [.. claims.Reverse()])));

    [Theory]
    [InlineData(100, 300, 50, 150)]
    [InlineData(1, 10_000, 1, 199)]
    [InlineData(7, 7, 100, 100)]
    public void Divide_Weights_GiveInProportion(int first, int second, int firstShares, int secondShares)
    {
        var limits = Arbitration.Divide(200, [new Claim("a", "u", 1, 200, 200, first), new Claim("b", "v", 1, 200, 200, second)]);

        Assert.Equal((firstShares, secondShares), (limits["a"], limits["b"]));
    }

    [Fact]
    public void Divide_WeightsOfOneUser_TheGreatestCountsForTheUserAndEachAmongItsOwn()
    {
        var limits = Arbitration.Divide(
            400, [new Claim("a", "u", 1, 400, 400, 300), new Claim("b", "u", 1, 400, 400, 100), new Claim("c", "v", 1, 400, 400, 100)]);

        Assert.Equal((225, 75, 100), (limits["a"], limits["b"], limits["c"]));
    }

    [Fact]
    public void Divide_AnyWeights_UnsatisfiedUserHasItsPartOfWhatAnyoneHas() => Properties.Hold(
        Claims.Select(claims => (IReadOnlyList<Claim>)[.. claims.Select(c => c with { FloorShares = 1, NeededShares = 1 })]),
        claims =>
        {
            var limits = Arbitration.Divide(400, claims);
            var users = claims.GroupBy(c => c.User)
                .Select(u => (Got: u.Sum(c => limits[c.ContainerId]), Wish: u.Sum(c => c.WantedShares), Weight: u.Max(c => c.Weight), Count: u.Count())).ToList();
            foreach (var poor in users.Where(u => u.Got < u.Wish))
            {
                // Whole shares: one more level would have given each at most one share more.
                Assert.All(users, rich => Assert.True(
                    rich.Got <= rich.Count || (long)(rich.Got - 1) * poor.Weight <= (long)(poor.Got + 1) * rich.Weight, $"{rich} against {poor}"));
            }
        });

    [Fact]
    public void Divide_AnyClaims_NobodyStarvesWhileOthersHaveHeadroom() => Properties.Hold(
        Claims.Where(c => c.Sum(x => x.FloorShares) <= 400),
        claims =>
        {
            var limits = Arbitration.Divide(400, claims);
            if (claims.Any(c => limits[c.ContainerId] > Math.Max(c.NeededShares, c.FloorShares)))
            {
                Assert.All(claims, c => Assert.True(limits[c.ContainerId] >= c.NeededShares, c.ContainerId));
            }
        });

    [Fact]
    public void Divide_TenThousandContainers_GivesEachTheLeastAndTheRestByNeed()
    {
        var claims = Enumerable.Range(0, 10_000).Select(i => new Claim($"c{i}", $"u{i % 100}", 1, 50, 75, 1 + i)).ToList();

        var limits = Arbitration.Divide(64 * 100 * 10, claims);

        Assert.Equal(64_000, limits.Values.Sum());
        Assert.All(limits.Values, shares => Assert.InRange(shares, 1, 50));
    }

    [Fact]
    public void Divide_MoreContainersThanShares_GivesEachTheLeast() =>
        Assert.All(Arbitration.Divide(100, [.. Enumerable.Range(0, 150).Select(i => new Claim($"c{i}", "u", 1, 50, 75))]).Values, shares => Assert.Equal(1, shares));

    [Fact]
    public void Divide_UnsatisfiedUser_HasNoLessThanAnyoneAboveTheFloor() => Properties.Hold(
        Claims.Select(claims => (IReadOnlyList<Claim>)[.. claims.Select(c => c with { FloorShares = 1, NeededShares = 1, Weight = Weights.Default })]),
        claims =>
        {
            var limits = Arbitration.Divide(400, claims);
            var users = claims.GroupBy(c => c.User).Select(u => (Got: u.Sum(c => limits[c.ContainerId]), Wish: u.Sum(c => c.WantedShares), Count: u.Count())).ToList();
            foreach (var poor in users.Where(u => u.Got < u.Wish))
            {
                Assert.All(users, rich => Assert.True(rich.Got <= Math.Max(poor.Got + 1, rich.Count), $"{rich} against {poor}"));
            }
        });

    private static Claim ToClaim(int[] part, int index)
    {
        var floor = Math.Max(1, part[0] / 3);
        var needed = floor + (part[1] / 2);
        return new Claim($"c{index:D2}", $"user{part[3] % 3}", floor, needed, needed + part[2], 1 + (part[4] * part[4] / 10));
    }
}
