using CreditCtl.Output;
using CreditManager.Core.Ledger;
using CreditManager.Core.Money;
using CreditManager.Core.Statements;

namespace CreditCtl.Statements;

/// <summary>A statement for people.</summary>
internal sealed class StatementPrinter(Screen screen)
{
    public void Print(Statement statement, StatementDetail detail)
    {
        screen.Title($"Statement of {statement.User}, {Describe(statement.Period)}");
        PrintTotals(statement);
        if (detail == StatementDetail.Entry)
        {
            PrintLines(statement);
        }
        else
        {
            PrintGroups(statement, detail);
        }
    }

    private static string Describe(StatementPeriod period) => (period.From, period.Until) switch
    {
        (null, null) => "from the beginning to the end of the ledger",
        ({ } from, null) => $"from {Figures.Time(from)} to the end of the ledger",
        (null, { } until) => $"from the beginning until {Figures.Time(until)}",
        ({ } from, { } until) => $"from {Figures.Time(from)} until {Figures.Time(until)}",
    };

    private void PrintTotals(Statement statement)
    {
        var t = statement.Totals;
        (string Name, GrcAmount Amount)[] changes =
        [
            ("found on the account", t.Found), ("deposits", t.Deposited), ("refunds", t.Refunded), ("received from users", t.Received),
            ("charges", -t.Charged), ("withdrawals", -t.Withdrawn), ("unexplained differences", t.Adjusted),
        ];
        IEnumerable<IReadOnlyList<string>> rows =
        [
            ["opening balance", Grc(statement.Opening.Balance), Describe(statement.Opening)],
            .. changes.Where(c => c.Amount != GrcAmount.Zero).Select(c => new[] { c.Name, Signed(c.Amount) + " GRC", "" }),
            ["closing balance", Grc(statement.Closing.Balance), Describe(statement.Closing)],
        ];
        screen.Sums(rows);
        if (t.Settled != GrcAmount.Zero)
        {
            screen.Line($"Moved to the provider for charges: {t.Settled} GRC.");
        }
    }

    private static string Describe(Position position) => position.Unsettled == GrcAmount.Zero
        ? ""
        : $"{position.Wallet} in the wallet, {position.Unsettled} of it owed";

    private static string Grc(GrcAmount amount) => amount.ToWalletText() + " GRC";

    private static string Signed(GrcAmount amount) => (amount > GrcAmount.Zero ? "+" : "") + amount.ToWalletText();

    private void PrintGroups(Statement statement, StatementDetail detail)
    {
        if (statement.Groups.Count == 0)
        {
            screen.Line("Nothing was used in this time.");
            return;
        }

        var withMemory = statement.Groups.Any(g => g.ByteSeconds > 0);
        string[] names = detail switch
        {
            StatementDetail.Container => ["function", "container"],
            StatementDetail.Task => ["function", "task"],
            _ => ["function"],
        };
        string[] headers = [.. names, detail == StatementDetail.Task ? "attempts>" : "charges>", "vcore-seconds>", .. withMemory ? ["GiB-seconds>"] : Array.Empty<string>(), "GRC>", "refunded>", "last"];
        screen.Table(headers, statement.Groups.Select(g => (string[])
        [
            g.Function,
            .. detail switch { StatementDetail.Container => [g.Container], StatementDetail.Task => [g.Task], _ => Array.Empty<string>() },
            Figures.Count(g.Entries),
            Figures.VcoreSeconds(g.Microseconds),
            .. withMemory ? [Figures.GibSeconds(g.ByteSeconds)] : Array.Empty<string>(),
            g.Cost.ToWalletText(),
            g.Refunded == GrcAmount.Zero ? "" : g.Refunded.ToWalletText(),
            Figures.Time(g.LastAt),
        ]));
        if (detail == StatementDetail.Task)
        {
            screen.Line($"Tasks cost {Sum(statement).ToWalletText()} of the {statement.Totals.Charged.ToWalletText()} GRC charged; the rest is the containers' own.");
        }
    }

    private static GrcAmount Sum(Statement statement) => statement.Groups.Aggregate(GrcAmount.Zero, (sum, g) => sum + g.Cost);

    private void PrintLines(Statement statement) => screen.Table(
        ["entry>", "time", "kind", "vcore-seconds>", "GRC>", "balance>", "what"],
        statement.Lines.Select(l => new[]
        {
            Figures.Count(l.Sequence),
            Figures.Time(l.At),
            l.Kind == LedgerKinds.Clearing ? LedgerKinds.Settlement : l.Kind,
            l.Microseconds is { } used ? Figures.VcoreSeconds(used) : "",
            l.Change == GrcAmount.Zero ? "" : Signed(l.Change),
            l.Balance.ToWalletText(),
            Describe(l),
        }));

    private static string Describe(StatementLine line) => line switch
    {
        { Settled.Halfords: > 0 } => $"{line.Settled} GRC moved to the provider: {line.Text}",
        { Task.Length: > 0 } => $"{line.Function}, {line.Task}: {line.Text}",
        { Function.Length: > 0 } => $"{line.Function}: {line.Text}",
        _ => line.Text,
    };
}
