using System.Globalization;
using CreditCtl.Output;
using CreditManager.Core.Ledger;
using CreditManager.Core.Money;
using CreditManager.Core.Statements;

namespace CreditCtl.Statements;

/// <summary>A statement for spreadsheets: times in UTC to the microsecond, amounts in GRC with all 8 decimals.</summary>
internal static class StatementCsv
{
    public static void Write(TextWriter output, Statement statement, StatementDetail detail)
    {
        foreach (var row in detail == StatementDetail.Entry ? Entries(statement) : Groups(statement))
        {
            // Spreadsheets read either line end; files that are compared want one.
            output.Write(row + "\n");
        }
    }

    private static IEnumerable<string> Entries(Statement statement)
    {
        yield return "time,entry,kind,function,container,task,vcore_seconds,amount_grc,settled_grc,balance_grc,description";
        yield return Balance("balance_brought_forward", statement.Period.From, statement.Opening.Balance);
        foreach (var line in statement.Lines)
        {
            yield return Csv.Row(
                Figures.ExactTime(line.At),
                line.Sequence.ToString(CultureInfo.InvariantCulture),
                line.Kind == LedgerKinds.Clearing ? LedgerKinds.Settlement : line.Kind,
                Csv.Text(line.Function),
                Csv.Text(line.Container),
                Csv.Text(line.Task),
                line.Microseconds is { } used ? Figures.VcoreSeconds(used) : "",
                line.Change.ToWalletText(),
                line.Settled.ToWalletText(),
                line.Balance.ToWalletText(),
                Csv.Text(line.Text));
        }

        yield return Balance("balance_carried_forward", statement.Period.Until, statement.Closing.Balance);
    }

    private static string Balance(string kind, DateTimeOffset? at, GrcAmount balance) =>
        Csv.Row(at is { } time ? Figures.ExactTime(time) : "", "", kind, "", "", "", "", "", "", balance.ToWalletText(), "");

    private static IEnumerable<string> Groups(Statement statement)
    {
        yield return "function,container,task,entries,vcore_seconds,gib_seconds,cost_grc,refunded_grc,first_time,last_time";
        foreach (var group in statement.Groups)
        {
            yield return Csv.Row(
                Csv.Text(group.Function),
                Csv.Text(group.Container),
                Csv.Text(group.Task),
                group.Entries.ToString(CultureInfo.InvariantCulture),
                Figures.VcoreSeconds(group.Microseconds),
                Figures.GibSeconds(group.ByteSeconds),
                group.Cost.ToWalletText(),
                group.Refunded.ToWalletText(),
                Figures.ExactTime(group.FirstAt),
                Figures.ExactTime(group.LastAt));
        }
    }
}
