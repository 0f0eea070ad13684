using Experiments.Core.Reading;
using Experiments.Core.Scenarios;
using static Experiments.Core.Tests.TestScenarios;

namespace Experiments.Core.Tests;

public sealed class ScenarioFileTests
{
    [Fact]
    public void Parse_Small_HasNoFaults() => Assert.Empty(FaultsOf(Small));

    [Theory]
    [InlineData("at_most: 10m", "at_mots: 10m", "a.yaml:2: at_mots: is not known; allowed: at_most, ")]
    [InlineData("at_most: 10m", "seed: 1", "length: missing; allowed: either length, after which it ends, or at_most")]
    [InlineData("at_most: 10m", "at_most: 0s", "a.yaml:2: at_most: 0 is not allowed; allowed: more than 0.")]
    [InlineData("at_most: 10m", "{ at_most: [", "is no YAML")]
    [InlineData("max_shares: 400", "max_shares: many", "a.yaml:6: functions.stress.max_shares: \"many\" is not allowed; allowed: a whole number from 1 to 100000.")]
    [InlineData("max_shares: 400", "min_shares: 50, max_shares: 40", "functions.stress.max_shares: max_shares: 40 is less than min_shares, 50.")]
    [InlineData("at: 0s, drop", "at: -5s, drop", "a.yaml:10: tasks[0].at: \"-5s\" is not allowed; allowed: a time from 0 to 30 days")]
    [InlineData("function: stress", "function: strss", "a.yaml:10: tasks[0].function: \"strss\" is not allowed; allowed: stress.")]
    [InlineData("user: alice, grc", "user: bob, grc", "a.yaml:8: funds[0].user: \"bob\" is not allowed; allowed: alice.")]
    [InlineData("grc: 5", "grc: -5", "a.yaml:8: funds[0].grc: \"-5\" is not allowed; allowed: a decimal number of GRC with at most 8 decimals")]
    [InlineData("[1.1-10.txt]", "[1.1-10.txt, whatever]", "a.yaml:10: tasks[0].drop[1]: \"whatever\" is not allowed; allowed: <n>.<cores>-<seconds>.txt")]
    [InlineData("[1.1-10.txt]", "[1.1-10.txt, 1.1-10.txt]", "tasks[0].drop: \"1.1-10.txt\" is there twice")]
    [InlineData("[1.1-10.txt]", "1.1-10.txt", "tasks[0].drop: is no list; allowed: a list, each item after a dash.")]
    [InlineData("at: 0s, drop", "after: first, drop", "tasks[0].after: there is no batch \"first\" before")]
    [InlineData("max_debt: -0.5", "max_debt: 0.5", "a.yaml:4: users.alice.max_debt: \"0.5\" is not allowed; allowed: a decimal number of GRC with at most 8 decimals, such as 1 or 0.05, at most 0.")]
    [InlineData("name: small", "name: small\nname: twice", "is no YAML")]
    [InlineData("name: small", "name: small\nbilling: perhaps", "a.yaml:2: billing: \"perhaps\" is not allowed; allowed: true or false.")]
    [InlineData("name: small", "name: small\nplatform: { billing_cycle: 1ms }", "platform.billing_cycle: \"1ms\" is not allowed; allowed: a time from 100ms to 1h.")]
    public void Parse_Fault_NamesLineKeyAndWhatIsAllowed(string right, string wrong, string fault) =>
        Assert.Contains(FaultsOf(Small.Replace(right, wrong, StringComparison.Ordinal)), f => f.Contains(fault, StringComparison.Ordinal));

    [Fact]
    public void Parse_SeveralFaults_TellsAll()
    {
        var text = Small.Replace("max_shares: 400", "max_shares: many, colour: red", StringComparison.Ordinal).Replace("grc: 5", "grc: lots", StringComparison.Ordinal);
        Assert.Equal(3, FaultsOf(text).Count);
    }

    [Fact]
    public void Parse_NoMapping_IsRefused() => Assert.Contains("the file is no mapping", Assert.Single(FaultsOf("- 1\n- 2\n")), StringComparison.Ordinal);

    [Theory]
    [InlineData("- standing: { user: alice, at: 5s, is: rich }", "expect", "\"rich\" is not allowed; allowed: normal, low, indebted, exhausted.")]
    [InlineData("- balance: { user: alice, at: 1h }", "balance.at", "is after the scenario's end; allowed: up to 600 s.")]
    [InlineData("- happens: { event: finished other.txt }", "happens.event", "\"finished other.txt\" is not allowed")]
    [InlineData("- happens: { event: finished 1.1-10.txt, from: 9s, to: 5s }", "happens.to", "is before from")]
    [InlineData("- { figure: nothing }", "expect", "0 expectations in one item; allowed: exactly one of standing")]
    [InlineData("- order: [finished 1.1-10.txt]", "order", "holds less than two events")]
    [InlineData("- never: { event: indebted alice }\n    only: [sometimes]", "only", "\"sometimes\" is not allowed")]
    public void Parse_FaultInExpectation_IsTold(string item, string key, string fault)
    {
        var faults = FaultsOf($"{Small}\nexpect:\n  {item}\n");
        Assert.Contains(faults, f => f.Contains(key, StringComparison.Ordinal) && f.Contains(fault, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_Setting_IsInThePlaceOfTheFiles()
    {
        var scenario = Read(Small, "rules", new Setting("users.alice.max_debt", "-2"), new Setting("funds.0.grc", "7"), new Setting("platform.cores", "8"));
        Assert.Equal(-200_000_000, scenario.User("alice").Terms.MaxDebt.Halfords);
        Assert.Equal(700_000_000, scenario.Funds[0].Amount.Halfords);
        Assert.Equal(8, scenario.Platform.Cores);
        Assert.Equal("rules", scenario.Policy);
    }

    [Theory]
    [InlineData("users.bob.max_debt", "there is no \"bob\"")]
    [InlineData("funds.3.grc", "there is no \"3\"")]
    [InlineData("funds.grc", "there is no \"grc\" to set")]
    [InlineData("colour", "colour: is not known")]
    [InlineData("platform.colour", "platform.colour: is not known")]
    public void Read_SettingOfNothing_IsRefused(string key, string fault)
    {
        var (scenario, faults) = ScenarioFile.Parse(Small).Read("", "tracking", [new Setting(key, "1")]);
        Assert.Null(scenario);
        Assert.Contains(faults, f => f.What.Contains(fault, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_Variant_HasItsSettingsAndExpectations()
    {
        const string more = """

            variants:
              rich: { funds.0.grc: 50 }
              poor: { funds.0.grc: 0.1 }
            expect:
              - never: { event: indebted alice }
                only: [rich]
              - never: { event: exhausted alice }
                only: [rules]
            """;
        var file = ScenarioFile.Parse(Small + more);
        Assert.Equal(["rich", "poor"], file.Variants);
        Assert.Single(file.Read("rich", "tracking", []).Scenario!.Expectations);
        Assert.Equal(2, file.Read("rich", "rules", []).Scenario!.Expectations.Count);
        Assert.Equal(10_000_000, file.Read("poor", "rules", []).Scenario!.Funds[0].Amount.Halfords);
    }

    [Fact]
    public void Read_Defaults_AreTheServices()
    {
        var scenario = Read("name: a\nlength: 1s\nusers: { alice: }\nfunctions: { f: { user: alice } }");
        Assert.Equal(PlatformRules.Default, scenario.Platform);
        Assert.Equal(600, scenario.Tariff.VcoreSecondsPerGrc);
        Assert.Equal(TimeSpan.FromSeconds(60), scenario.Functions[0].IdleTimeout);
    }
}
