using CreditManager.Core.Records;

namespace CreditManager.Core.Verification;

/// <summary>
/// The file <c>receipts/TASK.json</c> of a bucket around the proof of the task's last attempt. It is not signed itself: what it
/// says of that attempt has to be what the proof says.
/// </summary>
internal static class BucketReceipt
{
    private static readonly string[] Digests = ["image_sha256", "script_sha256", "task_sha256"];

    /// <summary>The first thing that the file says otherwise than the proof, or null.</summary>
    public static string? FindFault(JsonFields file, ReceiptProof proof)
    {
        var facts = proof.Attempt.Facts;
        string[] proven = [facts.ImageSha256, facts.ScriptSha256, facts.TaskSha256];
        return Expect.Equal("task", file.Text("task"u8), facts.Task, ", as in the proof")
            ?? Expect.Equal("function", file.Text("function"u8), facts.Function, ", as in the proof")
            ?? Expect.Equal("user", file.Text("user"u8), facts.User, ", as in the proof")
            ?? Expect.Equal("container_id", file.Text("container_id"u8), facts.ContainerId, ", as in the proof")
            ?? Digests.Select((name, i) => Expect.Equal(name, file.Text(System.Text.Encoding.UTF8.GetBytes(name)), proven[i], ", as in the proof"))
                .FirstOrDefault(fault => fault is not null)
            ?? FindUsageFault(file, proof);
    }

    private static string? FindUsageFault(JsonFields file, ReceiptProof proof)
    {
        var attempts = file.Objects("attempts"u8, a => (Usage: a.Whole("usage_microseconds"u8), Cost: a.FindNumber("cost_halfords"u8)));
        if (attempts.Count == 0)
        {
            return "attempts is empty; it should hold the attempt that the proof is of.";
        }

        var facts = proof.Attempt.Facts;
        var last = attempts[^1];
        var usage = facts.AfterMicroseconds - facts.BeforeMicroseconds;
        var place = $"attempts[{attempts.Count - 1}].";
        return Expect.Equal(place + "usage_microseconds", last.Usage, usage, ", as in the proof")
            ?? Expect.Equal(place + "cost_halfords", last.Cost ?? 0, proof.Attempt.Cost.Halfords, ", as in the proof")
            ?? Expect.Equal("usage_microseconds", file.Whole("usage_microseconds"u8), attempts.Sum(a => a.Usage), ", what its attempts add up to")
            ?? FindCostFault(file, attempts.Sum(a => a.Cost ?? 0));
    }

    private static string? FindCostFault(JsonFields file, long halfords) =>
        file.FindGrc("cost_grc"u8) is { } cost && cost.Halfords != halfords
            ? Expect.Equal("cost_grc", cost.ToString(), new Money.GrcAmount(halfords).ToString(), ", what its attempts add up to")
            : null;
}
