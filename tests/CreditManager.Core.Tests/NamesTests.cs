namespace CreditManager.Core.Tests;

public sealed class NamesTests
{
    [Theory]
    [InlineData("u", true)]
    [InlineData("user0", true)]
    [InlineData("A.b_c-9", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("*", false)]
    [InlineData("a b", false)]
    [InlineData("a/b", false)]
    [InlineData("ünïcode", false)]
    [InlineData("a\n", false)]
    public void IsName_Text_IsAllowedOrNot(string? name, bool allowed) => Assert.Equal(allowed, Names.IsName(name));

    [Fact]
    public void IsName_Length_IsAtMost64()
    {
        Assert.True(Names.IsName(new string('a', 64)));
        Assert.False(Names.IsName(new string('a', 65)));
        Assert.False(Names.IsName(new string('a', 256)));
    }

    [Theory]
    [InlineData("abcdefgh", true)]
    [InlineData("ABC-1234", true)]
    [InlineData("abcdefg", false)]
    [InlineData("abc_defgh", false)]
    [InlineData(null, false)]
    public void IsClaimId_Text_IsAllowedOrNot(string? id, bool allowed) => Assert.Equal(allowed, Names.IsClaimId(id));

    [Fact]
    public void IsClaimId_Length_IsAtMost64()
    {
        Assert.True(Names.IsClaimId(new string('a', 64)));
        Assert.False(Names.IsClaimId(new string('a', 65)));
    }
}
