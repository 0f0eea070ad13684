using ContainerManager.Buckets;
using ContainerManager.Stores;
using Microsoft.Data.Sqlite;
using ServiceDefaults.Client;

namespace ContainerManager.Working;

/// <summary>Goes on trying what must be done in the end, while a store, a service or the disk is away.</summary>
internal static class Patience
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Calls until the call goes through.</summary>
    /// <param name="call">May be repeated.</param>
    /// <param name="tell">Hears why it does not go through, and null once it does.</param>
    /// <param name="bucket">Named in what is told.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the trying.</param>
    public static async Task<T> UntilDoneAsync<T>(
        Func<CancellationToken, Task<T>> call, Action<string?> tell, string bucket, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var pause = First; ; pause = pause * 2 < Longest ? pause * 2 : Longest)
        {
            try
            {
                var result = await call(cancellationToken).ConfigureAwait(false);
                tell(null);
                return result;
            }
            catch (Exception e) when (Explain(e, bucket) is { } why)
            {
                tell(why);
                await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>What is wrong in words, where it may pass; null where it is another kind of failure.</summary>
    public static string? Explain(Exception error, string bucket) => error switch
    {
        ObjectStoreException store when StoreProblem.MayPass(store) => StoreProblem.Of(store, bucket),
        ApiException { IsTransient: true } => $"Another service of the platform does not answer; everything goes on when it does: {error.Message}",
        SqliteException => $"The service cannot write its database: {error.Message}",
        IOException or UnauthorizedAccessException => $"The node's disk fails: {error.Message}",
        _ => null,
    };
}
