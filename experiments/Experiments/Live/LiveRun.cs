using CreditManager.Core.Ledger;
using CreditManager.Core.Money;
using CreditManager.Core.Verification;
using Experiments.Core.Courses;
using Experiments.Core.Scenarios;
using Experiments.Core.Simulation;
using PlatformHarness;

namespace Experiments.Live;

/// <summary>
/// A scenario on the real platform: four services as processes, real containers and cgroups, the development wallet, a ledger of its own. All of it
/// is gone afterwards, also after Ctrl-C.
/// </summary>
internal sealed class LiveRun(Scenario scenario, LiveScale scale, TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(20);

    private readonly Agenda _agenda = new();
    private readonly List<(string User, GrcAmount Amount)> _payments = [];
    private readonly List<(string User, GrcAmount Amount)> _paidBefore = [];
    private readonly List<(Batch Batch, ScenarioTask Task)> _waiting = [];
    private IReadOnlyDictionary<string, FunctionBucket> _buckets = new Dictionary<string, FunctionBucket>();
    private long _startedAt;

    private TimeSpan Now => scale.ToScenario(time.GetElapsedTime(_startedAt));

    /// <summary>Runs it to its end, or until it is cancelled: then the course is what was seen until then.</summary>
    public async Task<Course> RunAsync(CancellationToken cancellationToken)
    {
        await using var platform = await Platform.StartAsync(new PlatformSettings
        {
            Grc = 0,
            VcoreSecondsPerGrc = scenario.Tariff.VcoreSecondsPerGrc / scale.Price,
            FreezeGrace = $"{(long)scale.ToMachine(scenario.Platform.FreezeGrace).TotalMilliseconds}ms",
        });
        await LiveFunctions.WarmUpAsync(platform);
        _buckets = await LiveFunctions.AddAsync(platform, scenario, scale);
        await PayBeforeAsync(platform);
        _startedAt = time.GetTimestamp();
        var wallClock = time.GetUtcNow();
        var recorder = new CourseRecorder(() => Now);
        var observer = new LiveObserver(platform, scenario, scale, recorder, () => Now);
        var arrivals = new Arrivals(scenario, _agenda, recorder, () => Now, (batch, task) => Drop(recorder, batch, task), Pay);
        arrivals.Begin();
        var isOver = false;
        while (!isOver && !cancellationToken.IsCancellationRequested)
        {
            await TurnAsync(platform, arrivals, observer);
            isOver = Now >= scenario.Length || (scenario.EndsWhenDone && arrivals.IsOver && _waiting.Count == 0 && observer.IsQuiet);
            await Task.Delay(Look, time, CancellationToken.None);
        }

        var end = Now;
        var ledger = await CloseAsync(platform, observer);
        var (attempts, events) = await new LiveAttempts(platform, scenario, scale, wallClock).ReadAsync();
        return new Course(
            end, !isOver, [.. recorder.Events.Concat(events).OrderBy(e => e.At)], recorder.Functions, recorder.Accounts, attempts, observer.Usage, ledger);
    }

    /// <summary>Who has coins from the very start is no debtor before the platform has seen them.</summary>
    private async Task PayBeforeAsync(Platform platform)
    {
        foreach (var fund in scenario.Funds.Where(f => f is { Sent: { After: null }, Delay: { } delay } && f.Sent.At + delay == TimeSpan.Zero))
        {
            await platform.PayInAsync(Grc(fund.Amount), fund.User);
            _paidBefore.Add((fund.User, fund.Amount));
        }
    }

    private void Pay(string user, GrcAmount amount)
    {
        if (!_paidBefore.Remove((user, amount)))
        {
            _payments.Add((user, amount));
        }
    }

    private static decimal Grc(GrcAmount amount) => amount.Halfords / (decimal)GrcAmount.HalfordsPerGrc;

    private async Task TurnAsync(Platform platform, Arrivals arrivals, LiveObserver observer)
    {
        while (_agenda.NextAt <= Now)
        {
            _agenda.Take()();
        }

        foreach (var (user, amount) in _payments)
        {
            await platform.Wallet.MoveAsync("sink", user, Grc(amount));
        }

        _payments.Clear();
        await observer.LookAsync();
        foreach (var (batch, task) in _waiting.Where(t => IsOver(t.Batch, t.Task)).ToList())
        {
            _waiting.Remove((batch, task));
            arrivals.TaskOver(batch.Name);
        }
    }

    private bool IsOver(Batch batch, ScenarioTask task) =>
        _buckets[batch.Function].Has("output/" + task.Name) || _buckets[batch.Function].Has("failed/" + task.Name);

    private void Drop(CourseRecorder recorder, Batch batch, ScenarioTask task)
    {
        recorder.Note(EventKinds.Dropped, task.Name, scenario.Function(batch.Function).User, batch.Function);
        _waiting.Add((batch, task));
        _buckets[batch.Function].Drop("input/" + task.Name, LiveFunctions.Content(task, scale));
    }

    /// <summary>What was used until the end is billed before the ledger is read.</summary>
    private async Task<IReadOnlyList<LedgerEntry>> CloseAsync(Platform platform, LiveObserver observer)
    {
        await observer.LookAsync();
        foreach (var function in scenario.Functions)
        {
            await platform.Manager.StopContainerAsync(function.Name);
        }

        var since = time.GetTimestamp();
        while ((await platform.ScalerApi.GetUsageAsync()).Count > 0 && time.GetElapsedTime(since) < Settling)
        {
            await observer.LookAsync();
            await Task.Delay(Look, time, CancellationToken.None);
        }

        var file = await platform.ExportLedgerAsync();
        return [.. (await File.ReadAllLinesAsync(file)).Select(line => ExportLines.Read(System.Text.Encoding.UTF8.GetBytes(line))).OfType<EntryLine>().Select(e => e.Entry)];
    }
}
