using ContainerManager.Core.Settings;

namespace ContainerManager.Core.Tests;

public sealed class RegistrationTests
{
    [Fact]
    public void Registration_Good_HasNoErrors() =>
        Assert.Empty(RegistrationRules.Check("stress-1", "User.0_x-y", "my.bucket-1", null, null, null));

    [Theory]
    [InlineData("Upper", "u", "bucket", "function:")]
    [InlineData("-a", "u", "bucket", "function:")]
    [InlineData("a\n", "u", "bucket", "function:")]
    [InlineData("a", "", "bucket", "user:")]
    [InlineData("a", "u", "ab", "bucket:")]
    [InlineData("a", "u", "a..b", "bucket:")]
    [InlineData("a", "u", ".abc", "bucket:")]
    [InlineData("a", "u", "bucket/../x", "bucket:")]
    public void Registration_BadName_IsAnError(string function, string user, string bucket, string expected) =>
        Assert.StartsWith(expected, Assert.Single(RegistrationRules.Check(function, user, bucket, null, null, null)), StringComparison.Ordinal);

    [Theory]
    [InlineData("a", "u", "abc")]
    [InlineData("0-", "-", "a.c")]
    [InlineData("*63", "*64", "*63")]
    public void Registration_ShortestAndLongestNames_AreFine(string function, string user, string bucket) =>
        Assert.Empty(RegistrationRules.Check(Text(function), Text(user), Text(bucket), null, null, null));

    [Theory]
    [InlineData("*64", "u", "bucket", "function:")]
    [InlineData("a", "*65", "bucket", "user:")]
    [InlineData("a", "u", "*64", "bucket:")]
    public void Registration_NameTooLong_IsAnError(string function, string user, string bucket, string expected) =>
        Assert.StartsWith(expected, Assert.Single(RegistrationRules.Check(Text(function), Text(user), Text(bucket), null, null, null)), StringComparison.Ordinal);

    [Fact]
    public void Registration_VeryLongName_IsShownInPart()
    {
        static string Error(int length) => Assert.Single(RegistrationRules.Check("a", Text($"*{length}"), "bucket", null, null, null));

        Assert.StartsWith($"user: \"{Text("*80")}\" is not allowed", Error(80), StringComparison.Ordinal);
        Assert.StartsWith($"user: \"{Text("*80")}…\" is not allowed", Error(81), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 16L << 20, 1)]
    [InlineData(100_000, long.MaxValue, 64)]
    public void Registration_CeilingsAtTheirBounds_AreFine(int maxShares, long maxMemoryBytes, int maxSlots) =>
        Assert.Empty(RegistrationRules.Check("a", "u", "bucket", maxShares, maxMemoryBytes, maxSlots));

    [Theory]
    [InlineData(0, "max_shares: 0 is not allowed; allowed: 1 to 100000 shares (100 = one core).")]
    [InlineData(100_001, "max_shares: 100001 is not allowed; allowed: 1 to 100000 shares (100 = one core).")]
    public void Registration_SharesOutOfBounds_SaysWhatIsAllowed(int shares, string expected) =>
        Assert.Equal(expected, Assert.Single(RegistrationRules.Check("a", "u", "bucket", shares, null, null)));

    [Theory]
    [InlineData(0, "max_slots: 0 is not allowed; allowed: 1 to 64.")]
    [InlineData(65, "max_slots: 65 is not allowed; allowed: 1 to 64.")]
    public void Registration_SlotsOutOfBounds_SaysWhatIsAllowed(int slots, string expected) =>
        Assert.Equal(expected, Assert.Single(RegistrationRules.Check("a", "u", "bucket", null, null, slots)));

    [Fact]
    public void Registration_TooLittleMemory_SaysWhatIsAllowed() => Assert.Equal(
        "max_memory_bytes: 16777215 is not allowed; allowed: at least 16777216 (16 MiB).",
        Assert.Single(RegistrationRules.Check("a", "u", "bucket", null, (16L << 20) - 1, null)));

    [Fact]
    public void Registration_EverythingWrong_NamesEverythingAtOnce() => Assert.Equal(
        ["function", "user", "bucket", "max_shares", "max_memory_bytes", "max_slots"],
        RegistrationRules.Check("", "", "", 0, 0, 0).Select(e => e.Split(':')[0]));

    // "*63" stands for 63 letters.
    private static string Text(string pattern) =>
        pattern[0] == '*' ? new string('x', int.Parse(pattern[1..], System.Globalization.CultureInfo.InvariantCulture)) : pattern;
}
