using System.Text.Json;
using ContainerManager.Buckets;
using CreditManager.Contracts;
using PlatformHarness;
using PlatformHarness.Tasks;
using ServiceDefaults.Client;

namespace Benchmarks.Soak;

/// <summary>Collects what is known of every task once everything has come to its end.</summary>
internal sealed class SoakEvidence(Platform platform, ScriptJournal journal)
{
    private static readonly string[] Prefixes = ["input", "processing", "output", "failed"];

    /// <summary>Of each dropped task.</summary>
    public async Task<IReadOnlyList<TaskEvidence>> CollectAsync(IReadOnlyList<SoakTask> dropped)
    {
        var places = dropped.Select(t => t.Bucket).Distinct().ToDictionary(b => b.Function, Places, StringComparer.Ordinal);
        var booked = Booked(await MoneyAudit.ReadLedgerAsync(platform.Credit));
        var runs = journal.Read().ToLookup(r => r.Number);
        return
        [
            .. dropped.Select(task => new TaskEvidence(
                task.Bucket.Function,
                task.Name,
                task.MustFail,
                [.. places[task.Bucket.Function][task.Name]],
                ReadReceipt(task),
                [.. booked[(task.Bucket.Function, task.Name)]],
                [.. runs[task.Number]],
                SoakResults.FindFault(task))),
        ];
    }

    /// <summary>Objects and receipts of a bucket that no dropped task explains.</summary>
    public static IEnumerable<Violation> Strangers(FunctionBucket bucket, IEnumerable<SoakTask> dropped)
    {
        var names = dropped.Where(t => t.Bucket == bucket).Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        var receipts = Keys(bucket, "receipts").Select(r => r[..^".json".Length]);
        return Places(bucket).Select(p => p.Key).Concat(receipts).Where(name => !names.Contains(name)).Distinct()
            .Select(name => new Violation(ViolationKind.Wrong, $"{bucket.Function}/{name}", "nobody has dropped it"));
    }

    /// <summary>The receipt of a task; null where there is none that can be read.</summary>
    public static ReceiptFacts? ReadReceipt(SoakTask task)
    {
        var file = task.Bucket.Path($"receipts/{task.Name}.json");
        if (!File.Exists(file))
        {
            return null;
        }

        var receipt = JsonSerializer.Deserialize<TaskReceipt>(File.ReadAllText(file), ApiJson.Tolerant)!;
        return new ReceiptFacts(receipt.Phase, receipt.Proof is not null, receipt.Attempts);
    }

    // Prefixes by task.
    private static ILookup<string, string> Places(FunctionBucket bucket) =>
        Prefixes.SelectMany(prefix => Keys(bucket, prefix), (prefix, name) => (prefix, name)).ToLookup(p => p.name, p => p.prefix, StringComparer.Ordinal);

    private static IEnumerable<string> Keys(FunctionBucket bucket, string prefix)
    {
        var directory = bucket.Path(prefix);
        return Directory.Exists(directory)
            ? Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(directory, f))
            : [];
    }

    // Numbers of attempts by task.
    private static ILookup<(string Function, string Task), int> Booked(IEnumerable<LedgerEntryView> ledger) =>
        ledger.Where(e => e.Kind == "attempt").Select(e => JsonDocument.Parse(e.Details).RootElement)
            .ToLookup(d => (d.GetProperty("function").GetString()!, d.GetProperty("task").GetString()!), d => d.GetProperty("number").GetInt32());
}
