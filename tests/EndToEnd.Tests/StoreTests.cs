using System.Text;
using ContainerManager.Contracts;
using ContainerManager.Stores;
using Microsoft.Extensions.Logging.Abstractions;
using Testing;

namespace EndToEnd.Tests;

public sealed class StoreTests
{
    [Fact]
    public async Task S3_TaskDropped_RunsAndItsResultsAreInTheBucket()
    {
        await using var swift = new SwiftServer();
        await swift.StartAsync();
        await using var platform = await Platform.StartAsync(new PlatformSettings
        {
            StoreSection = $"{{ kind: s3, endpoint: \"{swift.Endpoint}\", access_key: \"{swift.AccessKey}\", secret_key_file: \"{swift.SecretKeyFile}\" }}",
        });
        await using var store = ObjectStores.Open(
            new StoreOptions { Kind = StoreKind.S3, Endpoint = swift.Endpoint, AccessKey = swift.AccessKey, SecretKeyFile = swift.SecretKeyFile },
            TimeProvider.System,
            NullLoggerFactory.Instance);
        await platform.Manager.RegisterFunctionAsync("work", new FunctionRegistration(Platform.User));
        await store.EnsureBucketAsync("work", CancellationToken.None);
        await using (var image = File.OpenRead(await TestImages.WithBashAsync()))
        {
            await store.PutAsync("work", "utils/image.sif", image, CancellationToken.None);
        }

        await PutAsync(store, "utils/process_task.sh", Scripts.Copy);
        await PutAsync(store, "input/a b.txt", "from S3");

        var task = await Eventually.FindAsync(
            async () => (await platform.Manager.ListTasksAsync("work")).FirstOrDefault(t => t.Phase == TaskPhase.Succeeded), TimeSpan.FromSeconds(60));

        Assert.Equal("from S3", await ReadAsync(store, "results/a b.txt/copy"));
        Assert.Equal("from S3", await ReadAsync(store, "output/a b.txt"));
        Assert.Null(await store.FindAsync("work", "input/a b.txt", CancellationToken.None));
        await platform.AssertBilledAsKernelCountsAsync(task.Attempts[0].ContainerId, "work");
    }

    private static async Task PutAsync(IObjectStore store, string key, string text)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        await store.PutAsync("work", key, content, CancellationToken.None);
    }

    private static async Task<string> ReadAsync(IObjectStore store, string key)
    {
        using var reader = new StreamReader(await store.OpenReadAsync("work", key, CancellationToken.None));
        return await reader.ReadToEndAsync();
    }
}
