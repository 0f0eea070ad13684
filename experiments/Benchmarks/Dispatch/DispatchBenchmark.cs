using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using PlatformHarness;
using Testing;

namespace Benchmarks.Dispatch;

/// <summary>How fast small tasks get through, beside apptainer by hand and a shell alone, all in one run.</summary>
internal static class DispatchBenchmark
{
    private const int Bare = 100;
    private const int WarmUps = 8;

    // The most that a function may have unless its operator says otherwise.
    private const int MostSlots = 8;
    private const string Nothing = "true\n";

    // The time is read by the shell itself: the very first thing that the script does.
    private const string Started = "echo \"$EPOCHREALTIME\" >\"$2/started\"\n";

    public static Command Command()
    {
        var tasks = Number("--tasks", 1000, "Tasks of a round.");
        var rounds = Number("--rounds", 3, "Rounds; the medians are told.");
        var slots = Number("--slots", MostSlots, "Tasks at a time in the container.", MostSlots);
        var picks = Number("--picks", 100, "Tasks that are timed one by one with the container running.");
        var colds = Number("--colds", 5, "Tasks that are timed with none, and bare starts.");
        var waiting = Number("--waiting", 100_000, "Tasks that wait in the last round.");
        var s3 = Number("--s3", 200, "Tasks with buckets on an S3 server, OpenStack Swift.");
        var command = new Command("dispatch", "How fast small tasks get through.") { tasks, rounds, slots, picks, colds, waiting, s3 };
        command.Validators.Add(r =>
        {
            if (r.GetValue(waiting) < 2L * r.GetValue(tasks))
            {
                r.AddError("--waiting: allowed: twice --tasks and more, so that some still wait when as many have ended.");
            }
        });
        command.SetAction(async arguments =>
        {
            var figures = await RunAsync(
                arguments.GetValue(tasks), arguments.GetValue(rounds), arguments.GetValue(slots), arguments.GetValue(picks), arguments.GetValue(colds), arguments.GetValue(waiting), arguments.GetValue(s3));
            Console.WriteLine(JsonSerializer.Serialize(figures, DispatchFigures.Json));
            return 0;
        });
        return command;
    }

    private static Option<int> Number(string name, int value, string description, int most = 1_000_000)
    {
        var option = new Option<int>(name) { Description = $"{description} {value} unless told; 1 to {most}.", DefaultValueFactory = _ => value };
        option.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<int>() < 1 || r.GetValueOrDefault<int>() > most)
            {
                r.AddError($"{name}: allowed: 1 to {most}.");
            }
        });
        return option;
    }

    private static async Task<DispatchFigures> RunAsync(int tasks, int rounds, int slots, int picks, int colds, int waiting, int s3)
    {
        var image = await TestImages.WithBashAsync();
        var onS3 = await S3Dispatch.RunAsync(image, s3, slots);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"S3 server: {onS3.TasksPerS} tasks/s; the same calls alone {onS3.CallsAlonePerS}; by itself {onS3.PutsPerS} puts/s, {onS3.MovesPerS} moves/s"));
        await using var platform = await Platform.StartAsync();
        await using var bare = new BareApptainer(image);
        var (dispatch, pickup) = (await AddAsync(platform, "dispatch", Nothing, image, slots), await AddAsync(platform, "pickup", Started, image, slots));
        // A service runs for months: what the runtime compiles at first, in several steps, is not what a task costs.
        for (var i = 0; i < WarmUps; i++)
        {
            await dispatch.MeasureAsync(tasks);
        }

        var cpu = new CpuOfServices(platform);

        List<double> ours = [], instance = [], exec = [], bash = [], starts = [];
        for (var round = 1; round <= rounds; round++)
        {
            starts.Add((await bare.StartAsync()).TotalMilliseconds);
            cpu.Begin();
            ours.Add(await dispatch.MeasureAsync(tasks));
            Console.WriteLine($"round {round}: CPU time of a task in {cpu.PerTask(tasks)}");
            instance.Add(await bare.ByInstanceAsync(Bare));
            exec.Add(await bare.ByImageAsync(Bare));
            bash.Add(await bare.ByShellAsync(tasks));
            await bare.StopAsync();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"round {round}: {ours[^1]} tasks/s; apptainer exec instance:// {instance[^1]}, exec image {exec[^1]}, bash {bash[^1]}"));
        }

        // The first one finds no container yet.
        await pickup.PickUpAsync(1, () => Task.CompletedTask);
        var warm = await pickup.PickUpAsync(picks, () => Task.CompletedTask);
        var cold = await pickup.PickUpAsync(colds, async () =>
        {
            await platform.Manager.StopContainerAsync("pickup");
            await Eventually.HoldsAsync(async () => (await platform.Manager.FindFunctionAsync("pickup"))?.Container is null);
            starts.Add((await bare.StartAsync()).TotalMilliseconds);
            await bare.StopAsync();
        });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"pickup: warm {Rate.Median(warm)} ms, p99 {Rate.Quantile(warm, 0.99)} ms; cold {Rate.Median(cold)} ms"));

        dispatch.Drop(waiting);
        var crowded = await dispatch.MeasureWaitingAsync(tasks);
        var peak = platform.ManagerService.PeakMebibytes;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{waiting} waiting: {crowded} tasks/s; ContainerManager held up to {peak} MiB"));
        return new DispatchFigures(
            Rate.Median(ours),
            Rate.Median(instance),
            Rate.Median(exec),
            Rate.Median(bash),
            Rate.Ratio(Rate.Median(ours), Rate.Median(instance)),
            Rate.Ratio(Rate.Median(ours), Rate.Median(bash)),
            Rate.Median(warm),
            Rate.Quantile(warm, 0.99),
            Rate.Median(cold),
            Rate.Median(starts),
            crowded,
            waiting,
            Rate.Ratio(crowded, Rate.Median(ours)),
            peak,
            onS3.TasksPerS,
            onS3.CallsAlonePerS,
            onS3.PutsPerS,
            onS3.MovesPerS);
    }

    private static async Task<DispatchLoad> AddAsync(Platform platform, string function, string script, string image, int slots)
    {
        var bucket = await platform.AddFunctionAsync(function, script, image);
        bucket.Drop("utils/function.yaml", string.Create(CultureInfo.InvariantCulture, $"idle_timeout: 1h\nslots: {slots}\n"));
        return new DispatchLoad(bucket);
    }
}
