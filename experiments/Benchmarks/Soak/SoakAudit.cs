using PlatformHarness;
using PlatformHarness.Tasks;
using Testing;

namespace Benchmarks.Soak;

/// <summary>What the audit of a soak has found.</summary>
/// <param name="Violations">Every broken promise.</param>
/// <param name="Tasks">What is known of each task.</param>
/// <param name="Usage">Billed and counted CPU time; null where it never came to the last bill.</param>
internal sealed record SoakFindings(IReadOnlyList<Violation> Violations, IReadOnlyList<TaskEvidence> Tasks, UsageAudit? Usage);

/// <summary>Lets everything come to its end, stops the platform, and looks at all that is left of it.</summary>
internal sealed class SoakAudit(Platform platform, KernelWitness witness, ScriptJournal journal, IReadOnlyList<SoakTask> dropped)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly List<Violation> _violations = [];
    private readonly List<SoakTask> _unsigned = [.. dropped];

    private IReadOnlyList<FunctionBucket> Buckets => [.. dropped.Select(t => t.Bucket).Distinct()];

    public async Task<SoakFindings> RunAsync()
    {
        await ReachAsync(IsDrainedAsync, ViolationKind.Lost, "tasks", "not all of them have ended");
        await ReachAsync(IsSigned, ViolationKind.Wrong, "receipts", "not all of them are signed");
        foreach (var bucket in Buckets)
        {
            _violations.AddRange(await TotalsAsync(bucket));
            _violations.AddRange(SoakEvidence.Strangers(bucket, dropped));
        }

        var usage = await MoneyAsync();
        var evidence = await new SoakEvidence(platform, journal).CollectAsync(dropped);
        _violations.AddRange(evidence.SelectMany(TaskAudit.Check));
        _violations.AddRange((await Remains.AfterStopAsync(platform)).Select(left => new Violation(ViolationKind.Left, "platform", left)));
        return new SoakFindings(_violations, evidence, usage);
    }

    private async Task<bool> ReachAsync(Func<Task<bool>> condition, ViolationKind kind, string subject, string otherwise)
    {
        try
        {
            await Eventually.HoldsAsync(condition, Patience);
            return true;
        }
        catch (TimeoutException)
        {
            _violations.Add(new Violation(kind, subject, $"{otherwise} after {Patience.TotalMinutes} minutes"));
            return false;
        }
    }

    private async Task<bool> IsDrainedAsync() =>
        dropped.All(t => t.HasEnded) && (await platform.Manager.ListFunctionsAsync()).All(f => f is { Waiting: 0, Running: [] });

    private Task<bool> IsSigned()
    {
        _unsigned.RemoveAll(t => SoakEvidence.ReadReceipt(t) is { Signed: true });
        return Task.FromResult(_unsigned.Count == 0);
    }

    // Its own count of a function's tasks: one that ended a second time is there twice, whatever lies in the bucket.
    private async Task<IEnumerable<Violation>> TotalsAsync(FunctionBucket bucket)
    {
        var (status, own) = (await bucket.StatusAsync(), dropped.Where(t => t.Bucket == bucket).ToList());
        var failing = own.Count(t => t.MustFail);
        return status.Succeeded == own.Count - failing && status.Failed == failing
            ? []
            : [new Violation(
                status.Succeeded + status.Failed > own.Count ? ViolationKind.Doubled : ViolationKind.Lost,
                bucket.Function,
                FormattableString.Invariant($"{status.Succeeded} succeeded and {status.Failed} failed of {own.Count} dropped, {failing} of which must fail"))];
    }

    private async Task<UsageAudit?> MoneyAsync()
    {
        UsageAudit? usage = null;
        try
        {
            usage = await UsageAudit.CloseAsync(platform, witness, SoakFunction.Users, Buckets, Patience);
            Require(usage.IsClean, "usage", usage.ToString());
        }
        catch (TimeoutException e)
        {
            Require(false, "usage", e.Message);
        }

        var money = await MoneyAudit.RunAsync(platform.Credit, platform.Wallet, SoakFunction.Users);
        Require(money.IsClean, "wallet", money.ToString());
        var (status, output) = await platform.CreditCtlAsync("ledger", "verify", await platform.ExportLedgerAsync());
        Require(status == 0, "ledger", output.Trim());
        Console.WriteLine(output.Trim());
        return usage;
    }

    private void Require(bool holds, string subject, string otherwise)
    {
        if (!holds)
        {
            _violations.Add(new Violation(ViolationKind.Money, subject, otherwise));
        }
    }
}
