using System.Text;
using CreditManager.Api;
using CreditManager.Contracts;
using CreditManager.Core;
using CreditManager.Core.Metering;

namespace CreditManager.Attempts;

/// <summary>Which reports are allowed, each looked at by itself.</summary>
internal static class ReportRules
{
    private const int LongestAttemptId = 64;
    private const int LongestName = 256;
    private const int LongestTask = 1024;
    private const int DigestDigits = 64;
    private const int LargestSlot = 9_999;
    private const int LargestNumber = 1_000_000_000;

    /// <summary>Everything that is wrong with a report, in one text; null where all is well.</summary>
    public static string? FindFault(AttemptReport report)
    {
        string[] faults =
        [
            .. Refusals.Require(IsAttemptId(report.AttemptId), $"attempt_id: {Quote(report.AttemptId)} is not allowed; allowed: 1 to {LongestAttemptId} of a-z 0-9 -."),
            .. Refusals.Require(Names.IsName(report.User), $"user: {Quote(report.User)} is not allowed; allowed: {Names.Allowed}."),
            .. RequireText("function", report.Function, report.Function.Length <= LongestName, $"1 to {LongestName} characters"),
            .. RequireText("task", report.Task, Encoding.UTF8.GetByteCount(report.Task) <= LongestTask, $"1 to {LongestTask} bytes"),
            .. RequireText("container_id", report.ContainerId, report.ContainerId.Length <= LongestName, $"1 to {LongestName} characters"),
            .. RequireNumber("number", report.Number, 1, LargestNumber),
            .. RequireNumber("slot", report.Slot, 0, LargestSlot),
            .. RequireNumber("before_microseconds", report.BeforeMicroseconds, 0, MeterRules.LargestCounter),
            .. RequireDigest("image_sha256", report.ImageSha256),
            .. RequireDigest("script_sha256", report.ScriptSha256),
            .. RequireDigest("task_sha256", report.TaskSha256),
            .. report.End is { } end
                ? RequireNumber("end.after_microseconds", end.AfterMicroseconds, Math.Max(report.BeforeMicroseconds, 0), MeterRules.LargestCounter)
                : [],
        ];
        return faults.Length > 0 ? string.Join(" ", faults) : null;
    }

    private static bool IsAttemptId(string id) =>
        id.Length is >= 1 and <= LongestAttemptId && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-');

    /// <summary>No database keeps a text with a zero character as it is.</summary>
    private static IEnumerable<string> RequireText(string key, string text, bool fits, string allowed) =>
        Refusals.Require(text.Length > 0 && fits && !text.Contains('\0', StringComparison.Ordinal), $"{key}: {Quote(text)} is not allowed; allowed: {allowed}, none of them zero.");

    private static IEnumerable<string> RequireNumber(string key, long number, long least, long most) =>
        Refusals.Require(number >= least && number <= most, $"{key}: {number} is not allowed; allowed: {least} to {most}.");

    private static IEnumerable<string> RequireDigest(string key, string digest) => Refusals.Require(
        digest.Length == 0 || (digest.Length == DigestDigits && digest.All(c => char.IsAsciiDigit(c) || c is >= 'a' and <= 'f')),
        $"{key}: {Quote(digest)} is not allowed; allowed: {DigestDigits} of 0-9 a-f, or nothing where it is not known.");

    /// <summary>The beginning of a text, which may be huge.</summary>
    private static string Quote(string text) => text.Length > 80 ? $"\"{text[..80]}…\"" : $"\"{text}\"";
}
