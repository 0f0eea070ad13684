using PlatformHarness;
using PlatformHarness.Tasks;
using Testing;

namespace Benchmarks.Soak;

/// <summary>
/// One soak: a time without kills at the beginning and at the end, in which memory is measured, and kills in between. The last time begins
/// with the death of all services at once, so that they are as old when they are measured as they were the first time.
/// </summary>
internal sealed class SoakRun(Platform platform, TimeSpan length, int seed) : IAsyncDisposable
{
    private const long VcoreSecondsPerGrc = 10;
    private const decimal LeastPaidIn = 500;

    // More than two cores can use up.
    private const decimal PaidInPerMinute = 15;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestCalm = TimeSpan.FromSeconds(9);
    private static readonly TimeSpan LongestCalm = TimeSpan.FromMinutes(1);

    private readonly SoakLoad _load = new();
    private readonly SoakKills _kills = new(platform, new Random(seed));
    private readonly ServiceGauges _gauges = new(platform);
    private long _start;
    private int _minute;

    /// <summary>For how long tasks were dropped; the last kill may make it a little longer than was asked for.</summary>
    public TimeSpan Lasted { get; private set; }

    public SoakLoad Load => _load;

    public SoakKills Kills => _kills;

    public ServiceGauges Gauges => _gauges;

    private TimeSpan Calm => length * 0.15 is var part && part < ShortestCalm ? ShortestCalm : part > LongestCalm ? LongestCalm : part;

    private TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_start);

    /// <summary>Starts a platform for it, with coins so dear that a fraction of a CPU-second fills a block and money moves all the time.</summary>
    public static Task<Platform> StartPlatformAsync(TimeSpan length) => Platform.StartAsync(new PlatformSettings
    {
        VcoreSecondsPerGrc = VcoreSecondsPerGrc,
        Grc = PaidIn(length),
        WalletTimeout = "1s",
        ClosedCgroupRetention = "5s",
    });

    /// <summary>Runs, and finds out what came of it.</summary>
    public async Task<SoakFindings> RunAsync(CancellationToken cancellationToken)
    {
        await using var witness = new KernelWitness(platform);
        await using var journal = new ScriptJournal(platform.WorkDirectory);
        var buckets = await AddFunctionsAsync();
        _start = TimeProvider.System.GetTimestamp();
        _load.Start(buckets, seed);
        try
        {
            await MeasureAsync(_gauges.Begin, cancellationToken);
            while (Elapsed < length - Calm)
            {
                await _kills.NextAsync(cancellationToken);
                Tell(journal);
            }

            await _kills.KillServicesAsync();
            await MeasureAsync(_gauges.End, cancellationToken);
        }
        finally
        {
            await _load.StopAsync();
        }

        Lasted = Elapsed;
        Tell(journal);
        return await new SoakAudit(platform, witness, journal, _load.Dropped).RunAsync();
    }

    public ValueTask DisposeAsync() => _load.DisposeAsync();

    private async Task<IReadOnlyDictionary<SoakFunction, FunctionBucket>> AddFunctionsAsync()
    {
        var image = await TestImages.WithBashAsync();
        foreach (var user in SoakFunction.Users.Where(u => u != Platform.User))
        {
            await platform.SetUserAsync(new(), user);
            await platform.PayInAsync(PaidIn(length), user);
        }

        var buckets = new Dictionary<SoakFunction, FunctionBucket>();
        foreach (var function in SoakFunction.All)
        {
            buckets.Add(function, await function.AddAsync(platform, image));
        }

        return buckets;
    }

    private static decimal PaidIn(TimeSpan length) => Math.Max(LeastPaidIn, PaidInPerMinute * (decimal)length.TotalMinutes);

    // The last third of a calm is measured.
    private async Task MeasureAsync(Action measured, CancellationToken cancellationToken)
    {
        var until = Elapsed + Calm;
        while (Elapsed < until)
        {
            await Task.Delay(Second, TimeProvider.System, cancellationToken);
            if (Elapsed > until - (Calm / 3))
            {
                _gauges.Sample();
            }
        }

        measured();
    }

    private void Tell(ScriptJournal journal)
    {
        var minute = (int)Elapsed.TotalMinutes;
        if (minute <= _minute)
        {
            return;
        }

        _minute = minute;
        Console.WriteLine(FormattableString.Invariant(
            $"minute {minute,3}: {_load.Count} tasks dropped, {_load.Ended} ended, {_load.Count / Elapsed.TotalSeconds:0.0}/s, {journal.Read().Count} scripts begun; {_kills.Total} kills: {Words(_kills.Counts)}"));
    }

    private static string Words(IReadOnlyDictionary<string, int> kills) => string.Join(", ", kills.Select(k => FormattableString.Invariant($"{k.Key} {k.Value}")));
}
