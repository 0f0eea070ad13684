using CreditManager.Core;
using CreditManager.Core.Metering;
using CreditManager.Core.Money;
using CreditManager.Core.Standings;
using Experiments.Core.Scenarios;
using YamlDotNet.RepresentationModel;

namespace Experiments.Core.Reading;

/// <summary>Reads the keys of a scenario.</summary>
internal sealed class ScenarioReader
{
    private readonly YamlFields _root;
    private readonly List<ScenarioFault> _faults;

    private ScenarioReader(YamlMappingNode root, List<ScenarioFault> faults)
    {
        (_root, _faults) = (YamlFields.Of(root, "", faults), faults);
    }

    /// <summary>Reads a scenario; meaningless where there are faults.</summary>
    /// <param name="root">The file.</param>
    /// <param name="variant">The variant that it is of; its settings are in <paramref name="root"/> already.</param>
    /// <param name="policy">The scaling policy.</param>
    /// <param name="variants">All variants of the file.</param>
    /// <param name="faults">Takes everything that is wrong.</param>
    public static Scenario Read(YamlMappingNode root, string variant, string policy, IReadOnlyCollection<string> variants, List<ScenarioFault> faults) =>
        new ScenarioReader(root, faults).Read(variant, policy, variants);

    private Scenario Read(string variant, string policy, IReadOnlyCollection<string> variants)
    {
        _ = _root.Section("variants");
        _ = _root.Nodes("policies");
        var platform = ReadPlatform(_root.Section("platform"));
        var users = _root.Members("users").Select(u => ReadUser(u.Name, u.Fields)).ToList();
        var functions = FunctionReader.Read(_root, users, platform);
        var batches = BatchReader.Read(_root, functions);
        var (length, endsWhenDone) = ReadLength();
        var scenario = new Scenario(
            ReadName(),
            _root.Text("title") ?? "",
            variant,
            length,
            endsWhenDone,
            _root.Value("seed", 1L, TryLong, "a whole number"),
            _root.Flag("serverless", true),
            _root.Flag("billing", true),
            policy,
            ReadTariff(_root.Section("tariff")),
            platform,
            users,
            _root.Items("funds").Select(f => ReadFund(f, users, batches)).ToList(),
            functions,
            batches,
            []);
        RequireSome("users", users.Count, "at least one user");
        RequireSome("functions", functions.Count, "at least one function");
        var expectations = new ExpectationReader(scenario, variants, _faults).Read(_root);
        _root.Close();
        return scenario with { Expectations = expectations };
    }

    private void RequireSome(string key, int count, string allowed)
    {
        if (count == 0 && _root.Require(key, allowed))
        {
            _root.Fault(key, $"is empty; allowed: {allowed}.");
        }
    }

    private string ReadName()
    {
        _root.Require("name", Names.Allowed);
        return _root.Value("name", "unnamed", (string text, out string name) => Names.IsName(name = text), Names.Allowed);
    }

    /// <summary>A scenario in which somebody may be in debt for ever must end all the same.</summary>
    private (TimeSpan Length, bool EndsWhenDone) ReadLength()
    {
        const string allowed = "either length, after which it ends, or at_most, before which it ends once everything is done; without one it might never end";
        var (length, atMost) = (_root.OptionalDuration("length"), _root.OptionalDuration("at_most"));
        if (length is null == atMost is null)
        {
            _faults.Add(new ScenarioFault(_root.Line, $"length: {(length is null ? "missing" : "is there beside at_most")}; allowed: {allowed}."));
        }

        if ((length ?? atMost) == TimeSpan.Zero)
        {
            _root.Fault(length is null ? "at_most" : "length", "0 is not allowed; allowed: more than 0.");
        }

        return (length ?? atMost ?? TimeSpan.FromSeconds(1), length is null);
    }

    private static TariffVersion ReadTariff(YamlFields fields)
    {
        var perGrc = fields.Whole("vcore_seconds_per_grc", 600, 1, (int)TariffLimits.Most);
        fields.Close();
        return new TariffVersion("default", 1, perGrc);
    }

    private static PlatformRules ReadPlatform(YamlFields fields)
    {
        var standard = PlatformRules.Default;
        var platform = new PlatformRules(
            fields.Whole("cores", standard.Cores, 1, 256),
            fields.Duration("freeze_grace", standard.FreezeGrace),
            fields.Grc("min_coin_movement", standard.MinCoinMovement, a => a > GrcAmount.Zero && a <= GrcAmount.Largest, "more than 0"),
            Period(fields, "billing_cycle", standard.BillingCycle),
            Period(fields, "wallet_poll", standard.WalletPoll),
            Period(fields, "standings_poll", standard.StandingsPoll),
            fields.Duration("container_start", standard.ContainerStart),
            fields.Duration("container_start_work", standard.ContainerStartWork),
            fields.Duration("container_stop", standard.ContainerStop),
            fields.Duration("task_start", standard.TaskStart),
            Period(fields, "sample", standard.Sample));
        fields.Close();
        return platform;
    }

    /// <summary>Something that happens again and again takes some time, or the experiment would take for ever.</summary>
    private static TimeSpan Period(YamlFields fields, string key, TimeSpan fallback) => fields.Value(
        key,
        fallback,
        (string text, out TimeSpan time) => DurationText.TryRead(text, out time) && time >= TimeSpan.FromMilliseconds(100) && time <= TimeSpan.FromHours(1),
        "a time from 100ms to 1h");

    private static ScenarioUser ReadUser(string name, YamlFields fields)
    {
        if (!Names.IsName(name))
        {
            fields.Fault("name", $"\"{name}\" is not allowed; allowed: {Names.Allowed}.");
        }

        var terms = new StandingTerms(
            fields.Word("policy", "greedy", ["greedy", "conservative"]) == "conservative",
            fields.Grc("min_balance", new GrcAmount(2 * GrcAmount.HalfordsPerGrc), a => a >= GrcAmount.Zero && a <= GrcAmount.Largest, "at least 0"),
            fields.Grc("max_debt", new GrcAmount(-2 * GrcAmount.HalfordsPerGrc), a => a <= GrcAmount.Zero && -a <= GrcAmount.Largest, "at most 0"),
            Active: true);
        var basis = fields.Word("billing", "used", ["used", "allocated"]) == "used" ? MeterBasis.Used : MeterBasis.Allocated;
        fields.Close();
        return new ScenarioUser(name, terms, basis);
    }

    private static Fund ReadFund(YamlFields fields, List<ScenarioUser> users, IReadOnlyList<Batch> batches)
    {
        const string allowed = $"measured, for a time drawn from the measured ones, or {DurationText.Allowed}";
        fields.Require("user", "the name of a user");
        fields.Require("grc", "a number of GRC");
        var user = fields.Word("user", "", [.. users.Select(u => u.Name)]);
        var grc = fields.Grc("grc", GrcAmount.Zero, a => a > GrcAmount.Zero && a <= GrcAmount.Largest, "more than 0");
        var sent = MomentReader.Read(fields, [.. batches.Select(b => b.Name).Where(n => n.Length > 0)]);
        var delay = fields.Value("chain_delay", (TimeSpan?)TimeSpan.Zero, TryDelay, allowed);
        fields.Close();
        return new Fund(user, grc, sent, delay);
    }

    private static bool TryDelay(string text, out TimeSpan? delay)
    {
        delay = null;
        if (text == "measured")
        {
            return true;
        }

        var read = DurationText.TryRead(text, out var time);
        delay = time;
        return read;
    }

    private static bool TryLong(string text, out long value) =>
        long.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out value);
}
