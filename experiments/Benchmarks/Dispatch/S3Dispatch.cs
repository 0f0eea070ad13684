using System.Globalization;
using System.Text;
using ContainerManager.Contracts;
using ContainerManager.Core.Buckets;
using ContainerManager.Stores;
using Microsoft.Extensions.Logging.Abstractions;
using PlatformHarness;
using Testing;

namespace Benchmarks.Dispatch;

/// <summary>What a run with an S3 server of its own found, all of it with as many at a time as the container has slots.</summary>
/// <param name="TasksPerS">Tasks of <c>true</c> from <c>input/</c> to <c>output/</c> in a second.</param>
/// <param name="CallsAlonePerS">The same calls to the store and nothing else, for as many tasks: what the server allows.</param>
/// <param name="PutsPerS">Puts of an empty object.</param>
/// <param name="MovesPerS">Moves: a copy and a delete.</param>
internal sealed record S3Figures(double TasksPerS, double CallsAlonePerS, double PutsPerS, double MovesPerS);

/// <summary>The same small tasks with buckets on OpenStack Swift's S3 API, beside what that server does by itself.</summary>
internal sealed class S3Dispatch : IAsyncDisposable
{
    private const string Bucket = "dispatch";
    private const int MostAttempts = 20;
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private readonly int _slots;
    private readonly Platform _platform;
    private readonly IObjectStore _store;

    private S3Dispatch(int slots, Platform platform, IObjectStore store) => (_slots, _platform, _store) = (slots, platform, store);

    /// <summary>Measures with a server and a platform that are gone afterwards.</summary>
    public static async Task<S3Figures> RunAsync(string image, int tasks, int slots)
    {
        await using var swift = new SwiftServer();
        await swift.StartAsync();
        var platform = await Platform.StartAsync(new PlatformSettings
        {
            StoreSection = $"{{ kind: s3, endpoint: \"{swift.Endpoint}\", access_key: \"{swift.AccessKey}\", secret_key_file: \"{swift.SecretKeyFile}\" }}",
        });
        var store = ObjectStores.Open(
            new StoreOptions { Kind = StoreKind.S3, Endpoint = swift.Endpoint, AccessKey = swift.AccessKey, SecretKeyFile = swift.SecretKeyFile },
            TimeProvider.System,
            NullLoggerFactory.Instance);
        await using var dispatch = new S3Dispatch(slots, platform, store);
        await dispatch.PrepareAsync(image);
        // The first tasks start the container, and compile what all others run.
        await dispatch.MeasureAsync("warm-up", tasks);
        return new S3Figures(
            await dispatch.MeasureAsync("task", tasks),
            await dispatch.RateAsync(tasks, dispatch.CallsOfATaskAsync),
            await dispatch.RateAsync(tasks, i => dispatch.PutAsync($"utils/put-{i}")),
            await dispatch.RateAsync(tasks, i => dispatch.MoveAsync($"utils/put-{i}", $"utils/moved-{i}")));
    }

    public async ValueTask DisposeAsync()
    {
        await _platform.DisposeAsync();
        await _store.DisposeAsync();
    }

    private async Task PrepareAsync(string image)
    {
        await _platform.Manager.RegisterFunctionAsync(Bucket, new FunctionRegistration(Platform.User));
        await _store.EnsureBucketAsync(Bucket, CancellationToken.None);
        await using (var file = File.OpenRead(image))
        {
            await _store.PutAsync(Bucket, "utils/" + Path.GetFileName(image), file, CancellationToken.None);
        }

        await PutAsync("utils/function.yaml", string.Create(CultureInfo.InvariantCulture, $"idle_timeout: 1h\nslots: {_slots}\n"));
        await PutAsync(BucketLayout.Script, "true\n");
    }

    // They are all there before the clock starts, as far as puts can be: what counts is the time from the first that ends to the last.
    private async Task<double> MeasureAsync(string name, int tasks)
    {
        var before = (await StatusAsync()).Succeeded;
        await RateAsync(tasks, i => PutAsync($"input/{name}-{i:D6}"));
        var first = await SucceededAsync(before + 1);
        var start = TimeProvider.System.GetTimestamp();
        var last = await SucceededAsync(before + tasks);
        return Rate.PerSecond((int)(last - first), TimeProvider.System.GetElapsedTime(start));
    }

    private async Task<long> SucceededAsync(long count)
    {
        FunctionStatus? status = null;
        await Eventually.HoldsAsync(async () => (status = await StatusAsync()).Succeeded >= count, Longest, $"{count} tasks have succeeded");
        return status!.Failed == 0 ? status.Succeeded : throw new InvalidOperationException($"{status.Failed} tasks failed: {status.Message}");
    }

    private async Task<FunctionStatus> StatusAsync() =>
        await _platform.Manager.FindFunctionAsync(Bucket) ?? throw new InvalidOperationException($"{Bucket} is not registered.");

    // What ContainerManager asks of a store for one task that writes nothing, in its order.
    private async Task CallsOfATaskAsync(int number)
    {
        var task = $"call-{number:D6}";
        var (input, processing, receipt) = (BucketLayout.InputKey(task), BucketLayout.ProcessingKey(task), BucketLayout.ReceiptKey(task));
        await PutAsync(input);
        await FindAsync(BucketLayout.CapKey(task)!);
        await MoveAsync(input, processing, (await FindAsync(input))!.Version);
        await ReadAsync(processing);
        await FindAsync(BucketLayout.Script);
        await PutAsync(BucketLayout.LogKey(task));
        await PutAsync(receipt, "{}");
        await MoveAsync(processing, BucketLayout.OutputKey(task));
        await FindAsync(receipt);
        await ReadAsync(receipt);
        await PutAsync(receipt, "{}");
    }

    private async Task<double> RateAsync(int count, Func<int, Task> call)
    {
        var start = TimeProvider.System.GetTimestamp();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = _slots }, async (i, _) => await call(i));
        return Rate.PerSecond(count, TimeProvider.System.GetElapsedTime(start));
    }

    private async Task<ObjectInfo?> FindAsync(string key)
    {
        ObjectInfo? found = null;
        await PatientlyAsync(async () => found = await _store.FindAsync(Bucket, key, CancellationToken.None));
        return found;
    }

    private Task MoveAsync(string key, string target, string? version = null) =>
        PatientlyAsync(() => _store.MoveAsync(Bucket, key, target, version, CancellationToken.None));

    private Task ReadAsync(string key) => PatientlyAsync(async () =>
    {
        await using var content = await _store.OpenReadAsync(Bucket, key, CancellationToken.None);
        await content.CopyToAsync(Stream.Null);
    });

    private Task PutAsync(string key, string text = "") => PatientlyAsync(async () =>
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        await _store.PutAsync(Bucket, key, content, CancellationToken.None);
    });

    // Under load this server says of a bucket now and then that it is not there, or does not answer in time. The platform is as patient.
    private static async Task PatientlyAsync(Func<Task> call)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await call();
                return;
            }
            catch (ObjectStoreException e) when (attempt < MostAttempts && e.Failure is StoreFailure.BucketMissing or StoreFailure.Unavailable)
            {
                await Task.Delay(Rest, TimeProvider.System);
            }
        }
    }
}
