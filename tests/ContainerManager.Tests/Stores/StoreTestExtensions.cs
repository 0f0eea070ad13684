using System.Text;
using ContainerManager.Stores;

namespace ContainerManager.Tests.Stores;

internal static class StoreTestExtensions
{
    public static Task<ObjectInfo> PutTextAsync(this IObjectStore store, string bucket, string key, string text) =>
        store.PutAsync(bucket, key, new MemoryStream(Encoding.UTF8.GetBytes(text)), CancellationToken.None);

    public static async Task<string> GetTextAsync(this IObjectStore store, string bucket, string key)
    {
        await using var stream = await store.OpenReadAsync(bucket, key, CancellationToken.None);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    public static async Task<List<string>> KeysAsync(this IObjectStore store, string bucket, string prefix = "", string? startAfter = null)
    {
        var keys = new List<string>();
        await foreach (var item in store.ListAsync(bucket, prefix, startAfter, CancellationToken.None))
        {
            keys.Add(item.Key);
        }

        return keys;
    }

    public static async Task<StoreFailure> FailsAsync(this Task call) =>
        (await Assert.ThrowsAsync<ObjectStoreException>(() => call)).Failure;
}
