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
    [InlineData(100, 50, null, "max_shares")]
    [InlineData(50, 100, 49, "limit_shares")]
    [InlineData(50, 100, 101, "limit_shares")]
    [InlineData(0, 100, 0, "limit_shares")]
    [InlineData(0, 100_001, null, "max_shares")]
    [InlineData(int.MinValue, int.MaxValue, null, "min_shares")]
    public void CheckLimits_Impossible_NamesMemberAndWhatIsAllowed(int min, int max, int? limit, string member) =>
        Assert.StartsWith(member + ": ", ContainerRules.CheckLimits(new ScalingBounds(min, max, 25), limit).First(), StringComparison.Ordinal);

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(400, false)]
    [InlineData(401, true)]
    public void CheckRestriction_AtTheEdges_IsOneToTheMaximum(int shares, bool refused) =>
        Assert.Equal(refused, ContainerRules.CheckRestriction(shares, Valid.Bounds).Any());

    [Fact]
    public void DifferencesFrom_OtherRegistration_NamesTheMembers() =>
        Assert.Equal(["user", "limits", "weight"], Valid.DifferencesFrom(Valid with { User = "user1", LimitShares = 7, Weight = 7 }));
}
