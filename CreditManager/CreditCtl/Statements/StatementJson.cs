using System.Globalization;
using System.Text.Json;
using CreditCtl.Output;
using CreditManager.Core.Statements;
using ServiceDefaults.Client;

namespace CreditCtl.Statements;

/// <summary>A statement for programs: amounts in halfords, CPU time in microseconds.</summary>
internal static class StatementJson
{
    public static string Of(Statement statement, StatementDetail detail) => JsonSerializer.Serialize(
        new
        {
            statement.User,
            statement.Period.From,
            statement.Period.Until,
            Opening = View(statement.Opening),
            Totals = View(statement.Totals),
            Closing = View(statement.Closing),
            By = detail,
            Groups = statement.Groups.Select(View),
            Lines = statement.Lines.Select(View),
        },
        ApiJson.Tolerant);

    private static object View(Position position) => new
    {
        BalanceHalfords = position.Balance.Halfords,
        WalletHalfords = position.Wallet.Halfords,
        UnsettledHalfords = position.Unsettled.Halfords,
    };

    private static object View(StatementTotals totals) => new
    {
        ChargedHalfords = totals.Charged.Halfords,
        RefundedHalfords = totals.Refunded.Halfords,
        FoundHalfords = totals.Found.Halfords,
        DepositedHalfords = totals.Deposited.Halfords,
        WithdrawnHalfords = totals.Withdrawn.Halfords,
        AdjustedHalfords = totals.Adjusted.Halfords,
        ReceivedHalfords = totals.Received.Halfords,
        SettledHalfords = totals.Settled.Halfords,
    };

    private static object View(StatementGroup group) => new
    {
        group.Function,
        group.Container,
        group.Task,
        group.Entries,
        group.Microseconds,
        ByteSeconds = group.ByteSeconds.ToString(CultureInfo.InvariantCulture),
        CostHalfords = group.Cost.Halfords,
        RefundedHalfords = group.Refunded.Halfords,
        group.FirstAt,
        group.LastAt,
    };

    private static object View(StatementLine line) => new
    {
        line.Sequence,
        At = Figures.ExactTime(line.At),
        line.Kind,
        line.Function,
        line.Container,
        line.Task,
        line.Microseconds,
        ChangeHalfords = line.Change.Halfords,
        SettledHalfords = line.Settled.Halfords,
        BalanceHalfords = line.Balance.Halfords,
        line.Text,
    };
}
