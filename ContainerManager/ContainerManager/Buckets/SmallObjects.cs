using System.Text;
using System.Text.Json;
using ContainerManager.Stores;
using ServiceDefaults.Client;

namespace ContainerManager.Buckets;

/// <summary>Reading and writing objects that fit in memory.</summary>
internal static class SmallObjects
{
    private static readonly JsonSerializerOptions Indented = new(ApiJson.Tolerant) { WriteIndented = true };

    /// <summary>The object as text; null where it is longer than <paramref name="maxBytes"/>.</summary>
    public static async Task<string?> ReadTextAsync(this IObjectStore store, string bucket, string key, int maxBytes, CancellationToken cancellationToken)
    {
        await using var stream = await store.OpenReadAsync(bucket, key, cancellationToken).ConfigureAwait(false);
        var buffer = new byte[maxBytes + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return length > maxBytes ? null : Encoding.UTF8.GetString(buffer, 0, length);
    }

    public static async Task PutTextAsync(this IObjectStore store, string bucket, string key, string text, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text), writable: false);
        await store.PutAsync(bucket, key, content, cancellationToken).ConfigureAwait(false);
    }

    public static Task PutJsonAsync<T>(this IObjectStore store, string bucket, string key, T value, CancellationToken cancellationToken) =>
        store.PutTextAsync(bucket, key, JsonSerializer.Serialize(value, Indented) + "\n", cancellationToken);
}
