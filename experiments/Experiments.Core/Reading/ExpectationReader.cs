using CreditManager.Core.Money;
using Experiments.Core.Courses;
using Experiments.Core.Expectations;
using Experiments.Core.Scenarios;
using Scaler.Core.Containers;
using Scaler.Core.Policies;

namespace Experiments.Core.Reading;

/// <summary>Reads what is expected of the course of a scenario.</summary>
internal sealed class ExpectationReader(Scenario scenario, IReadOnlyCollection<string> variants, List<ScenarioFault> faults)
{
    private const string Kinds = "standing, balance, happens, never, order, restricted, unrestricted, frozen, absent, limit, waste";

    private static readonly GrcAmount Most = GrcAmount.Largest;

    private readonly string[] _users = [.. scenario.Users.Select(u => u.Name)];
    private readonly string[] _functions = [.. scenario.Functions.Select(f => f.Name)];
    private readonly HashSet<string> _tasks = scenario.Batches.SelectMany(b => b.Tasks).Select(t => t.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>Those that hold for the scenario's variant and policy.</summary>
    public IReadOnlyList<Expectation> Read(YamlFields root)
    {
        var expectations = new List<Expectation>();
        foreach (var item in root.Items("expect"))
        {
            var read = ReadOne(item);
            var only = item.Texts("only");
            var allowed = variants.Where(v => v.Length > 0).Concat(ScalingPolicies.Names).ToList();
            foreach (var unknown in only.Where(o => !allowed.Contains(o)))
            {
                item.Fault("only", $"\"{unknown}\" is not allowed; allowed: {string.Join(", ", allowed)}.");
            }

            var (figure, published) = (item.Text("figure") ?? "", item.Text("published") ?? "");
            item.Close();
            if (read is not null && Applies(only))
            {
                expectations.Add(read with { Figure = figure, Published = published, Line = (int)item.Line });
            }
        }

        return expectations;
    }

    /// <summary>Of the variants one must fit, and of the policies one.</summary>
    private bool Applies(IReadOnlyList<string> only)
    {
        var policies = only.Where(o => ScalingPolicies.Names.Contains(o)).ToList();
        var named = only.Except(policies).ToList();
        return (policies.Count == 0 || policies.Contains(scenario.Policy)) && (named.Count == 0 || named.Contains(scenario.Variant));
    }

    private Expectation? ReadOne(YamlFields item)
    {
        var kinds = item.Keys.Where(k => Kinds.Split(", ").Contains(k)).ToList();
        if (kinds is not [var kind])
        {
            faults.Add(new ScenarioFault(item.Line, $"expect: {kinds.Count} expectations in one item; allowed: exactly one of {Kinds}."));
            kind = kinds.FirstOrDefault() ?? "";
        }

        if (kind is "" or "order")
        {
            return kind is "" ? null : ReadOrder(item);
        }

        var fields = item.Section(kind);
        var read = ReadKind(kind, fields);
        fields.Close();
        return read;
    }

    private Expectation? ReadKind(string kind, YamlFields fields) => kind switch
    {
        "standing" => new StandingExpectation(User(fields), At(fields), Standing(fields)),
        "balance" => new BalanceExpectation(User(fields), At(fields), Amount(fields, "least", -Most), Amount(fields, "most", Most)),
        "happens" => new HappensExpectation(Event(fields), Within(fields)),
        "never" => new NeverExpectation(Event(fields), Within(fields)),
        "restricted" => new ContainerExpectation(Function(fields), ContainerCondition.Restricted, Within(fields)),
        "unrestricted" => new ContainerExpectation(Function(fields), ContainerCondition.Unrestricted, Within(fields)),
        "frozen" => new ContainerExpectation(Function(fields), ContainerCondition.Frozen, Within(fields)),
        "absent" => new ContainerExpectation(Function(fields), ContainerCondition.Absent, Within(fields)),
        "limit" => new LimitExpectation(
            Function(fields), fields.Whole("least", 0, 0, ContainerRules.MostShares), fields.Whole("most", ContainerRules.MostShares, 0, ContainerRules.MostShares), Within(fields)),
        "waste" => new WasteExpectation(Function(fields), fields.Whole("least", 0, 0, int.MaxValue), fields.Whole("most", int.MaxValue, 0, int.MaxValue)),
        _ => null,
    };

    private OrderExpectation? ReadOrder(YamlFields item)
    {
        var events = item.Texts("order").Select(t => Parse(t, out var name) ? name : Wrong(item, t)).OfType<EventName>().ToList();
        if (events.Count < 2)
        {
            item.Fault("order", "holds less than two events; allowed: a list of at least two.");
        }

        return new OrderExpectation(events);
    }

    private static EventName? Wrong(YamlFields item, string text)
    {
        item.Fault("order", $"\"{text}\" is not allowed; allowed: {AllowedEvents()}.");
        return null;
    }

    private EventName Event(YamlFields fields)
    {
        fields.Require("event", AllowedEvents());
        return fields.Value("event", new EventName("", ""), Parse, AllowedEvents());
    }

    private bool Parse(string text, out EventName name)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        name = space < 0 ? new EventName(text, "") : new EventName(text[..space], text[(space + 1)..]);
        return (EventKinds.OfTasks.Contains(name.Kind) && _tasks.Contains(name.Subject))
            || (EventKinds.OfFunctions.Contains(name.Kind) && _functions.Contains(name.Subject))
            || (EventKinds.OfUsers.Contains(name.Kind) && _users.Contains(name.Subject));
    }

    private static string AllowedEvents() =>
        $"one of {string.Join(", ", EventKinds.OfTasks)} with a task's name after a space, of {string.Join(", ", EventKinds.OfFunctions)} "
        + $"with a function's, or of {string.Join(", ", EventKinds.OfUsers)} with a user's";

    private string User(YamlFields fields)
    {
        fields.Require("user", "the name of a user");
        return fields.Word("user", "", _users);
    }

    private string Function(YamlFields fields)
    {
        fields.Require("function", "the name of a function");
        return fields.Word("function", "", _functions);
    }

    private static string Standing(YamlFields fields)
    {
        string[] words = [EventKinds.Normal, EventKinds.Low, EventKinds.Indebted, EventKinds.Exhausted];
        fields.Require("is", string.Join(", ", words));
        return fields.Word("is", "", words);
    }

    private TimeSpan? At(YamlFields fields) => BeforeEnd(fields, "at", fields.OptionalDuration("at"));

    /// <summary>What is expected after the end would never be looked at.</summary>
    private TimeSpan? BeforeEnd(YamlFields fields, string key, TimeSpan? time)
    {
        if (time > scenario.Length)
        {
            fields.Fault(key, $"is after the scenario's end; allowed: up to {scenario.Length.TotalSeconds} s.");
        }

        return time;
    }

    private Window Within(YamlFields fields)
    {
        var window = new Window(BeforeEnd(fields, "from", fields.Duration("from", TimeSpan.Zero))!.Value, fields.OptionalDuration("to"));
        if (window.To < window.From)
        {
            fields.Fault("to", "is before from; allowed: from that time on.");
        }

        return window;
    }

    private static GrcAmount Amount(YamlFields fields, string key, GrcAmount fallback) =>
        fields.Grc(key, fallback, a => a <= Most && -a <= Most, "negative for a debt");
}
