using CreditManager.Core.Money;
using Experiments.Core.Courses;
using Experiments.Core.Scenarios;

namespace Experiments.Core.Figures;

/// <summary>The figures of a course: CPU and tasks of each function, the account of each user.</summary>
internal static class CourseFigures
{
    private const string RuleSet = "rules";

    public static IReadOnlyList<Figure> Of(Scenario scenario, Course course) =>
    [
        .. scenario.Functions.Select(f => Cpu(scenario, course, f)),
        .. scenario.Billing ? scenario.Users.Select(u => Account(scenario, course, u)) : [],
        .. scenario.Functions.Select(f => Tasks(scenario, course, f)),
    ];

    private static Figure Cpu(Scenario scenario, Course course, ScenarioFunction function)
    {
        var rows = course.Functions.Where(r => r.Function == function.Name).ToList();
        Line Of(string label, string colour, Func<FunctionRow, double?> value) => new(label, colour, [.. rows.Select(r => (r.At.TotalSeconds, value(r)))]);
        List<Line> lines =
        [
            Line.Constant("max", Palette.Grey, function.Bounds.MaxShares, course.End.TotalSeconds),
            Of("used", Palette.Blue, r => r.Container is null ? null : r.UsedShares) with { IsStep = false, Width = 1.5 },
            Of("limit", Palette.Vermillion, r => r.Container?.LimitShares) with { Width = 2.5 },
        ];
        if (scenario is { Policy: RuleSet, Serverless: true })
        {
            lines.Insert(1, Of("lower", Palette.Green, r => r.Container?.LowerShares) with { IsDashed = true, Width = 1.2 });
            lines.Insert(1, Of("upper", Palette.Purple, r => r.Container?.UpperShares) with { IsDashed = true, Width = 1.2 });
        }

        if (rows.Exists(r => r.Container?.RestrictionShares is not null))
        {
            lines.Add(Of("restriction", Palette.Black, r => r.Container?.RestrictionShares) with { IsDashed = true, Width = 2 });
        }

        return new Figure($"cpu-{function.Name}", $"CPU of {function.Name}", "shares (100 = one core)", course.End.TotalSeconds, lines, Shades(course, [function]), []);
    }

    private static Figure Account(Scenario scenario, Course course, ScenarioUser user)
    {
        var rows = course.Accounts.Where(r => r.User == user.Name).ToList();
        Line Of(string label, string colour, Func<AccountRow, GrcAmount> value) => new(label, colour, [.. rows.Select(r => (r.At.TotalSeconds, (double?)Grc(value(r))))]);
        var end = course.End.TotalSeconds;
        return new Figure(
            $"account-{user.Name}",
            $"Account of {user.Name}",
            "GRC",
            end,
            [
                Line.Constant("min balance", Palette.Green, Grc(user.Terms.MinBalance), end),
                Line.Constant("max debt", Palette.Purple, Grc(user.Terms.MaxDebt), end),
                Of("coins", Palette.Blue, r => r.Coins) with { Width = 1.5 },
                Of("balance", Palette.Vermillion, r => r.Balance) with { Width = 2.5, IsStep = false },
            ],
            Shades(course, [.. scenario.Functions.Where(f => f.User == user.Name)]),
            [.. course.Events.Where(e => e.Kind == EventKinds.Funds && e.Subject == user.Name).Select(e => new Mark("+" + e.Details, e.At.TotalSeconds))]);
    }

    private static Figure Tasks(Scenario scenario, Course course, ScenarioFunction function)
    {
        var rows = course.Functions.Where(r => r.Function == function.Name).ToList();
        Line Of(string label, string colour, Func<FunctionRow, int> value) => new(label, colour, [.. rows.Select(r => (r.At.TotalSeconds, (double?)value(r)))]);
        return new Figure(
            $"tasks-{function.Name}",
            $"Tasks of {function.Name}",
            "tasks",
            course.End.TotalSeconds,
            [Of("done", Palette.Green, r => r.Done), Of("waiting", Palette.Orange, r => r.Waiting), Of("running", Palette.Blue, r => r.Running)],
            Shades(course, [function]),
            []) { IsCount = true };
    }

    private static IReadOnlyList<Shade> Shades(Course course, IReadOnlyList<ScenarioFunction> functions) =>
    [
        .. functions.SelectMany(f => course.Stretches(f.Name, c => c is { RestrictionShares: not null, Frozen: false }))
            .Select(s => new Shade("restricted", Palette.Orange, s.From.TotalSeconds, s.To.TotalSeconds)),
        .. functions.SelectMany(f => course.Stretches(f.Name, c => c.Frozen)).Select(s => new Shade("frozen", Palette.Sky, s.From.TotalSeconds, s.To.TotalSeconds)),
    ];

    private static double Grc(GrcAmount amount) => amount.Halfords / (double)GrcAmount.HalfordsPerGrc;
}
