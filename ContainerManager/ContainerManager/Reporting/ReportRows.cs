using System.Text.Json;
using ContainerManager.Persistence;
using CreditManager.Contracts;
using ServiceDefaults.Client;
using Ending = ContainerManager.Core.Tasks.AttemptEnding;

namespace ContainerManager.Reporting;

/// <summary>Between the database's rows and what CreditManager is told and answers.</summary>
internal static class ReportRows
{
    private const string CostMember = "cost_halfords";

    /// <summary>What is told.</summary>
    public static AttemptReport Report(ReportRow row) => new(
        row.AttemptId, row.User, row.Function, row.Task, row.Number, row.ContainerId, row.Slot, Time(row.StartedAt), row.UsageStart,
        row.ImageSha256, row.ScriptSha256, row.TaskSha256,
        row.Outcome is { } outcome ? new AttemptEnd(OfMoney(Enum.Parse<Ending>(outcome)), Time(row.EndedAt!.Value), row.UsageEnd!.Value) : null);

    /// <summary>How an attempt ended, as far as money is concerned.</summary>
    public static AttemptEnding OfMoney(Ending ending) => ending switch
    {
        Ending.Succeeded => AttemptEnding.Succeeded,
        Ending.ScriptFailed or Ending.TimedOut or Ending.OutOfMemory or Ending.OutOfDisk => AttemptEnding.Failed,
        Ending.Capped => AttemptEnding.Capped,
        Ending.AbortedForDebt => AttemptEnding.AbortedForDebt,
        // Nobody knows who killed a container: that is not held against whoever pays.
        Ending.ContainerDied or Ending.Interrupted => AttemptEnding.PlatformFault,
        _ => throw new ArgumentOutOfRangeException(nameof(ending), ending, "unknown ending"),
    };

    /// <summary>The row with what was answered.</summary>
    public static ReportRow Answered(ReportRow row, AttemptAnswer answer) => answer.Receipt is not { } receipt
        ? row
        : row with
        {
            Proof = JsonSerializer.Serialize(receipt, ApiJson.Tolerant),
            CostHalfords = Cost(receipt.Entry),
            RefundedHalfords = answer.RefundedHalfords,
        };

    /// <summary>The signed receipt of a row that has one.</summary>
    public static SignedReceipt Proof(ReportRow row) => JsonSerializer.Deserialize<SignedReceipt>(row.Proof!, ApiJson.Tolerant)!;

    // The entry itself moves nothing: what the attempt cost is among its details.
    private static long? Cost(LedgerEntryView entry)
    {
        try
        {
            using var details = JsonDocument.Parse(entry.Details);
            return details.RootElement.TryGetProperty(CostMember, out var cost) && cost.TryGetInt64(out var halfords) ? halfords : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static DateTimeOffset Time(long utcTicks) => new(utcTicks, TimeSpan.Zero);
}
