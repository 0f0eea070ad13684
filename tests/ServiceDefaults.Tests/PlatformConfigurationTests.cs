using Testing;

namespace ServiceDefaults.Tests;

public sealed class PlatformConfigurationTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void ThrowIfInvalid_ErrorsEverywhere_NamesAllOfThemAtOnce()
    {
        var configuration = PlatformConfiguration.Load(["--config", Write("a.yaml", """
            sample: {count: -1, period: soon, unknown: 1}
            items: [{name: a}, {}]
            smaple: {count: 1}
            """), "--verbose", "--config", _directory.Combine("none.yaml"), "--config"]);
        configuration.Bind<SampleOptions>("sample");
        configuration.BindList<SampleItem>("items");
        var error = Assert.Throws<InvalidConfigurationException>(configuration.ThrowIfInvalid);
        Assert.Collection(
            error.Errors,
            e => Assert.Equal("argument \"--verbose\" is not allowed; allowed: --config FILE.", e),
            e => Assert.StartsWith($"configuration file \"{_directory.Combine("none.yaml")}\" cannot be read:", e, StringComparison.Ordinal),
            e => Assert.Equal("argument \"--config\" is not allowed; allowed: --config FILE.", e),
            e => Assert.StartsWith("sample.period: \"soon\" is not allowed", e, StringComparison.Ordinal),
            e => Assert.StartsWith("sample.unknown: unknown setting", e, StringComparison.Ordinal),
            e => Assert.Equal("sample.count: -1 is not allowed; allowed: 0 or more.", e),
            e => Assert.Equal("items.1.name: missing.", e),
            e => Assert.Equal("smaple: unknown section; allowed: items, sample.", e));
        Assert.StartsWith("The configuration has 8 errors:\n  - ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_TwoFiles_TheLaterWins()
    {
        var configuration = PlatformConfiguration.Load(
            ["--config", Write("a.yaml", "sample: {count: 1, text: a}"), "--config", Write("b.yaml", "sample: {count: 2}")]);
        var options = configuration.Bind<SampleOptions>("sample");
        configuration.ThrowIfInvalid();
        Assert.Equal((2, "a"), (options.Count, options.Text));
    }

    [Fact]
    public void Load_NotYaml_NamesFileAndLine()
    {
        var path = Write("bad.yaml", "sample:\n  - [");
        Assert.StartsWith($"{path}: line ", Assert.Single(PlatformConfiguration.Load(["--config", path]).Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_EnvironmentVariable_OverridesTheFile()
    {
        // A section that no other test knows, so that tests in parallel do not see it.
        const string variable = "SCP_ENVIRONMENTSAMPLE__MAX_DEBT";
        Environment.SetEnvironmentVariable(variable, "-2.5");
        try
        {
            var configuration = PlatformConfiguration.Load(["--config", Write("a.yaml", "environmentsample: {max_debt: -1, count: 3}")]);
            var options = configuration.Bind<SampleOptions>("environmentsample");
            Assert.Equal((-2.5m, 3), (options.MaxDebt, options.Count));
            Assert.Empty(configuration.Errors);
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }

    [Fact]
    public void Bind_SectionThatIsOneValue_IsRefused()
    {
        var configuration = PlatformConfiguration.FromValues([KeyValuePair.Create("sample", (string?)"x")]);
        configuration.Bind<SampleOptions>("sample");
        Assert.Equal(["sample: \"x\" is not allowed; expected a group of settings."], configuration.Errors);
    }

    [Fact]
    public void Bind_MissingSection_GivesTheDefaults()
    {
        var configuration = PlatformConfiguration.FromValues([]);
        Assert.Equal(7, configuration.Bind<SampleOptions>("sample").Count);
        Assert.Empty(configuration.BindList<SampleItem>("items"));
        configuration.ThrowIfInvalid();
    }

    private string Write(string name, string yaml)
    {
        File.WriteAllText(_directory.Combine(name), yaml);
        return _directory.Combine(name);
    }
}
