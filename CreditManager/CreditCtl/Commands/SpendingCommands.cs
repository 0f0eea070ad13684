using System.CommandLine;
using CreditCtl.Connections;
using CreditCtl.Hosting;
using CreditCtl.Output;
using CreditManager.Contracts;

namespace CreditCtl.Commands;

/// <summary>Commands for before and while spending: <c>quote</c>, <c>alerts</c>.</summary>
internal static class SpendingCommands
{
    public static Command Quote(Terminal terminal)
    {
        var user = UserCommands.UserArgument();
        var function = new Argument<string>("FUNCTION") { Description = "The function's name." };
        return Query.Build(
            terminal,
            "quote",
            "What a task of a function is likely to take and cost, and what the user's balance buys.",
            [user, function],
            async (api, parsed, cancellationToken) =>
                await api.FindQuoteAsync(parsed.GetValue(user)!, parsed.GetValue(function)!, cancellationToken)
                ?? throw new CtlException($"there is no user \"{parsed.GetValue(user)}\"."),
            PrintQuote);
    }

    public static Command Alerts(Terminal terminal)
    {
        var after = new Option<long>("--after") { Description = "Only alerts with a number above this. Default: 0.", HelpName = "NUMBER" };
        var limit = new Option<int>("--limit") { Description = "How many at most. Default: 1000.", HelpName = "COUNT", DefaultValueFactory = _ => 1000 };
        return Query.Build(
            terminal,
            "alerts",
            "Balances that fell below a threshold and standings that changed.",
            [after, limit],
            (api, parsed, cancellationToken) => api.ListAlertsAsync(parsed.GetValue(after), parsed.GetValue(limit), cancellationToken),
            PrintAlerts);
    }

    private static void PrintQuote(Screen screen, Quote quote)
    {
        var tariff = quote.Tariff;
        screen.Title($"{quote.Function} for {quote.User}");
        if (quote is { Median: { } median, P90: { } p90 })
        {
            screen.Table(
                ["a task takes", "vcore-seconds>", "time>", "GRC>"],
                [Row("at the median", median), Row("at most, 9 times in 10", p90)]);
        }

        screen.Facts(
            ("from", quote.Attempts == 0 ? "no task of this function has succeeded yet, so nothing is known" : $"the newest {quote.Attempts} tasks that succeeded"),
            ("price", $"{tariff.VcoreSecondsPerGrc} vcore-seconds per GRC{(tariff.GibSecondsPerGrc is { } memory ? $" and {memory} GiB-seconds per GRC, which the costs above leave out" : "")} (tariff {tariff.Name}, version {tariff.Version})"),
            ("balance", Figures.Grc(quote.BalanceHalfords)),
            ("buys", $"{Figures.VcoreSeconds(quote.CreditMicroseconds)} vcore-seconds{(quote.TasksAffordable is { } tasks ? $", or {Figures.Count(tasks)} tasks of the median" : "")}"));
    }

    private static string[] Row(string name, TaskEstimate estimate) =>
    [
        name,
        Figures.VcoreSeconds(estimate.UsageMicroseconds),
        Figures.Duration(TimeSpan.FromMilliseconds(estimate.WallMilliseconds)),
        Figures.Amount(estimate.CostHalfords),
    ];

    private static void PrintAlerts(Screen screen, IReadOnlyList<Alert> alerts)
    {
        screen.Table(
            ["number>", "time", "user", "balance (GRC)>", "standing", "webhook", "what"],
            alerts.Select(a => new[]
            {
                Figures.Count(a.Number),
                Figures.Time(a.At),
                a.User,
                Figures.Amount(a.BalanceHalfords),
                a.Standing.ToString(),
                a.DeliveredAt is not null ? "told" : a.Attempts > 0 ? $"tried {a.Attempts} times" : "",
                a.Text,
            }),
            "There are no alerts.");
    }
}
