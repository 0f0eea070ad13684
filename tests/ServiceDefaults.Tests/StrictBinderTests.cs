using Microsoft.Extensions.Configuration;

namespace ServiceDefaults.Tests;

public sealed class StrictBinderTests
{
    private readonly List<string> _errors = [];

    [Fact]
    public void Bind_EveryKindOfValue_IsRead()
    {
        var options = Bind("""
            text: " spaces kept "
            flag: true
            count: -3
            optional_count: 4
            large_count: 9000000000
            ratio: 1e3
            max_debt: -0.5
            period: 1.5m
            address: http://127.0.0.1:7001/x
            color: dark_blue
            group: {inner: 5, name: n}
            names: [a, "b c"]
            groups: [{inner: 6}, {name: x}]
            """);
        Assert.Empty(_errors);
        Assert.Equal((" spaces kept ", true, -3, 4, 9000000000L), (options.Text, options.Flag, options.Count, options.OptionalCount, options.LargeCount));
        Assert.Equal((1000.0, -0.5m, TimeSpan.FromSeconds(90)), (options.Ratio, options.MaxDebt, options.Period));
        Assert.Equal((new Uri("http://127.0.0.1:7001/x"), SampleColor.DarkBlue), (options.Address, options.Color));
        Assert.Equal((5, "n"), (options.Group.Inner, options.Group.Name));
        Assert.Equal(["a", "b c"], options.Names);
        Assert.Equal([(6, null), (1, "x")], options.Groups.Select(g => (g.Inner, g.Name)));
    }

    [Theory]
    [InlineData("max_debt")]
    [InlineData("MAX_DEBT")]
    [InlineData("maxdebt")]
    [InlineData("MaxDebt")]
    public void Bind_SpellingsOfAName_AreTheSame(string key)
    {
        Assert.Equal(-1m, Bind($"{key}: -1").MaxDebt);
        Assert.Empty(_errors);
    }

    [Fact]
    public void Bind_OneSettingInTwoSpellings_IsRefused()
    {
        Bind("max_debt: -1\nmaxdebt: -2");
        Assert.Contains("set twice", Assert.Single(_errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("count: abc", "count: \"abc\" is not allowed; allowed: a whole number.")]
    [InlineData("count: 1.5", "count: \"1.5\" is not allowed; allowed: a whole number.")]
    [InlineData("count: 3000000000", "count: \"3000000000\" is not allowed; allowed: a whole number.")]
    [InlineData("count: \"\"", "count: \"\" is not allowed; allowed: a whole number.")]
    [InlineData("count: [1]", "count: expected one value, found a group of settings; allowed: a whole number.")]
    [InlineData("text: \"\"", "text: \"\" is not allowed; allowed: text.")]
    [InlineData("ratio: NaN", "ratio: \"NaN\" is not allowed; allowed: a number.")]
    [InlineData("ratio: Infinity", "ratio: \"Infinity\" is not allowed; allowed: a number.")]
    [InlineData("max_debt: 1e3", "max_debt: \"1e3\" is not allowed; allowed: a decimal number.")]
    [InlineData("flag: yes", "flag: \"yes\" is not allowed; allowed: true, false.")]
    [InlineData("color: green", "color: \"green\" is not allowed; allowed: red, dark_blue.")]
    [InlineData("color: 1", "color: \"1\" is not allowed; allowed: red, dark_blue.")]
    [InlineData("color: red,dark_blue", "color: \"red,dark_blue\" is not allowed; allowed: red, dark_blue.")]
    [InlineData("period: soon", "period: \"soon\" is not allowed; allowed: a duration such as 500ms, 60s, 5m, 2h or 1d.")]
    [InlineData("address: 127.0.0.1:7001", "address: \"127.0.0.1:7001\" is not allowed; allowed: an address such as http://127.0.0.1:7001.")]
    [InlineData("address: file:///etc/passwd", "address: \"file:///etc/passwd\" is not allowed; allowed: an address such as http://127.0.0.1:7001.")]
    [InlineData("group: x", "group: \"x\" is not allowed; expected a group of settings.")]
    [InlineData("group: {inner: x}", "group.inner: \"x\" is not allowed; allowed: a whole number.")]
    [InlineData("group: {outer: 1}", "group.outer: unknown setting; allowed: inner, name.")]
    [InlineData("names: x", "names: \"x\" is not allowed; expected a list.")]
    [InlineData("names: {a: b}", "names: settings are not allowed; expected a list.")]
    [InlineData("groups: [x]", "groups.0: \"x\" is not allowed; expected a group of settings.")]
    [InlineData("groups: [{}, {inner: x}]", "groups.1.inner: \"x\" is not allowed; allowed: a whole number.")]
    public void Bind_ValueThatIsNotAllowed_SaysWhatIs(string yaml, string error)
    {
        Bind(yaml);
        Assert.Equal([error], _errors);
    }

    [Fact]
    public void Bind_UnknownSetting_NamesTheKnownOnesAndNoComputedOne()
    {
        Bind("cuont: 1\ncomputed: x");
        Assert.Equal(2, _errors.Count);
        Assert.All(_errors, e => Assert.Contains(
            "unknown setting; allowed: address, color, count, flag, group, groups, large_count, max_debt, names, optional_count", e, StringComparison.Ordinal));
    }

    [Fact]
    public void Bind_ManyErrors_AreAllCollectedAndTheRestIsBound()
    {
        var options = Bind("count: x\nperiod: y\nunknown: 1\ngroup: {inner: z}\ntext: bound");
        Assert.Equal(4, _errors.Count);
        Assert.Equal(("bound", 7, TimeSpan.FromSeconds(1)), (options.Text, options.Count, options.Period));
    }

    [Fact]
    public void Bind_NoValue_KeepsTheDefault()
    {
        var options = Bind("text:\noptional_count: ~\ncount: null\nnames:\ngroup:");
        Assert.Empty(_errors);
        Assert.Equal(("default", 7, 7), (options.Text, options.OptionalCount, options.Count));
    }

    [Fact]
    public void Bind_EmptyText_UnsetsWhatMayBeUnset()
    {
        var options = Bind("optional_text: \"\"\noptional_count: \"\"");
        Assert.Empty(_errors);
        Assert.Equal((null, null), (options.OptionalText, options.OptionalCount));
    }

    [Fact]
    public void Bind_EndlessValue_IsQuotedInPart()
    {
        Bind("count: " + new string('x', 100_000));
        Assert.InRange(Assert.Single(_errors).Length, 100, 300);
    }

    private SampleOptions Bind(string yaml)
    {
        var values = YamlConfiguration.Parse(new StringReader(yaml), "test");
        var options = new SampleOptions();
        StrictBinder.Bind(new ConfigurationBuilder().AddInMemoryCollection(values).Build(), options, _errors);
        return options;
    }
}
