using System.Buffers;
using System.Text.Json;
using CreditManager.Core.Money;
using Experiments.Core.Courses;
using Experiments.Core.Scenarios;

namespace Experiments.Core.Outputs;

/// <summary>Writes <c>summary.json</c>. Amounts are text with all decimals, times are seconds.</summary>
internal static class SummaryJson
{
    /// <summary>The file's bytes.</summary>
    public static byte[] Write(Scenario scenario, Course course, Summary summary)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            WriteScenario(json, scenario);
            WriteFigures(json, summary);
            WriteUsers(json, scenario, course);
            WriteAttempts(json, course);
            WriteFindings(json, summary);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
        return output.WrittenSpan.ToArray();
    }

    private static void WriteScenario(Utf8JsonWriter json, Scenario scenario)
    {
        json.WriteString("scenario", scenario.Name);
        json.WriteString("title", scenario.Title);
        json.WriteString("variant", scenario.Variant);
        json.WriteString("policy", scenario.Policy);
        json.WriteNumber("seed", scenario.Seed);
        json.WriteBoolean("serverless", scenario.Serverless);
        json.WriteBoolean("billing", scenario.Billing);
    }

    private static void WriteFigures(Utf8JsonWriter json, Summary summary)
    {
        json.WriteBoolean("right", summary.IsRight);
        json.WriteBoolean("interrupted", summary.Interrupted);
        WriteSeconds(json, "end_seconds", summary.End);
        json.WriteNumber("tasks", summary.Tasks);
        json.WriteNumber("finished", summary.Finished);
        WriteSeconds(json, "run_seconds", summary.RunTime);
        WriteSeconds(json, "task_seconds", summary.TaskTime);
        WriteVcoreSeconds(json, "used_vcore_seconds", summary.UsedMicroseconds);
        WriteVcoreSeconds(json, "allocated_vcore_seconds", summary.AllocatedMicroseconds);
        json.WriteNumber("utilisation", Math.Round((decimal)summary.Utilisation, 4));
        WriteVcoreSeconds(json, "wasted_vcore_seconds", summary.WastedMicroseconds);
        json.WriteNumber("containers", summary.Containers);
        WriteSeconds(json, "restricted_seconds", summary.Restricted);
        WriteSeconds(json, "frozen_seconds", summary.Frozen);
        json.WriteString("charged_grc", summary.Charged.ToWalletText());
        json.WriteString("settled_grc", summary.Settled.ToWalletText());
        if (summary.BilledMicroseconds is { } billed)
        {
            WriteVcoreSeconds(json, "billed_vcore_seconds", billed);
        }

        json.WriteString("ledger", summary.LedgerFault ?? "verifies");
    }

    private static void WriteUsers(Utf8JsonWriter json, Scenario scenario, Course course)
    {
        json.WriteStartObject("users");
        foreach (var user in scenario.Users)
        {
            var account = course.AccountAt(user.Name, course.End);
            json.WriteStartObject(user.Name);
            json.WriteString("coins_grc", (account?.Coins ?? GrcAmount.Zero).ToWalletText());
            json.WriteString("balance_grc", (account?.Balance ?? GrcAmount.Zero).ToWalletText());
            json.WriteString("standing", account?.Standing ?? "");
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteAttempts(Utf8JsonWriter json, Course course)
    {
        json.WriteStartArray("attempts");
        foreach (var attempt in course.Attempts)
        {
            json.WriteStartObject();
            json.WriteString("task", attempt.Task);
            json.WriteString("function", attempt.Function);
            json.WriteNumber("number", attempt.Number);
            WriteSeconds(json, "started_seconds", attempt.StartedAt);
            WriteSeconds(json, "ended_seconds", attempt.EndedAt);
            json.WriteString("ending", attempt.Ending);
            WriteVcoreSeconds(json, "used_vcore_seconds", attempt.UsedMicroseconds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFindings(Utf8JsonWriter json, Summary summary)
    {
        json.WriteStartArray("expectations");
        foreach (var (expected, found) in summary.Findings)
        {
            json.WriteStartObject();
            json.WriteBoolean("right", found.Holds);
            json.WriteString("expected", expected.Sentence);
            json.WriteString("seen", found.Seen);
            WriteIfThere(json, "figure", expected.Figure);
            WriteIfThere(json, "published", expected.Published);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteIfThere(Utf8JsonWriter json, string name, string text)
    {
        if (text.Length > 0)
        {
            json.WriteString(name, text);
        }
    }

    private static void WriteSeconds(Utf8JsonWriter json, string name, TimeSpan time) => json.WriteNumber(name, time.Ticks / (decimal)TimeSpan.TicksPerSecond);

    private static void WriteVcoreSeconds(Utf8JsonWriter json, string name, long microseconds) => json.WriteNumber(name, microseconds / 1_000_000m);
}
