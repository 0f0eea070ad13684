using ContainerManager.Contracts;
using ContainerManager.Core.Settings;
using ContainerManager.Persistence;
using ContainerManager.Stores;

namespace ContainerManager.Functions;

/// <summary>A change of a function that was refused.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What was wrong and what is allowed.</param>
internal sealed record Refusal(int Status, string Detail);

/// <summary>Registers, changes and removes functions.</summary>
internal sealed class FunctionRegistry(FunctionTable table, FunctionDirectory functions, FunctionSupervisor supervisor, IObjectStore store) : IDisposable
{
    // One change at a time: two registrations must not both find a bucket free.
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Registers or changes; null where that is done.</summary>
    public async Task<Refusal?> RegisterAsync(string name, FunctionRegistration registration, CancellationToken cancellationToken)
    {
        var bucket = registration.Bucket ?? name;
        var errors = RegistrationRules.Check(name, registration.User, bucket, registration.MaxShares, registration.MaxMemoryBytes, registration.MaxSlots);
        if (errors.Count > 0)
        {
            return new Refusal(StatusCodes.Status400BadRequest, string.Join(" ", errors));
        }

        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await RegisterInTurnAsync(Row(name, bucket, registration), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Removes; null where that is done.</summary>
    public async Task<Refusal?> RemoveAsync(string name, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!await supervisor.TryEndAsync(name, cancellationToken).ConfigureAwait(false))
            {
                return StillStopping(name);
            }

            await table.DeleteAsync(name).ConfigureAwait(false);
            return null;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    public static Refusal StillStopping(string name) =>
        new(StatusCodes.Status503ServiceUnavailable, $"The container of {name} is still being stopped; ask again.");

    private static FunctionRow Row(string name, string bucket, FunctionRegistration registration) => new()
    {
        Name = name,
        User = registration.User,
        Bucket = bucket,
        MaxShares = registration.MaxShares,
        MaxMemoryBytes = registration.MaxMemoryBytes,
        MaxSlots = registration.MaxSlots,
        AllowNetwork = registration.AllowNetwork,
        Active = registration.Active,
        BucketMade = true,
    };

    private async Task<Refusal?> RegisterInTurnAsync(FunctionRow row, CancellationToken cancellationToken)
    {
        if (table.OwnerOfBucket(row.Bucket) is { } owner && owner != row.Name)
        {
            return new Refusal(StatusCodes.Status409Conflict, $"bucket: \"{row.Bucket}\" is the bucket of function {owner}; no two functions share one.");
        }

        if (await EnsureBucketAsync(row.Bucket, cancellationToken).ConfigureAwait(false) is { } refusal)
        {
            return refusal;
        }

        var running = functions.Find(row.Name);
        if (running is not null && (running.Row.User != row.User || running.Bucket != row.Bucket))
        {
            // What runs is registered and billed under the old user, and lies in the old bucket.
            if (!await supervisor.TryEndAsync(row.Name, cancellationToken).ConfigureAwait(false))
            {
                return StillStopping(row.Name);
            }

            running = null;
        }

        await table.SaveAsync(row).ConfigureAwait(false);
        Apply(running, table.Find(row.Name)!);
        return null;
    }

    private async Task<Refusal?> EnsureBucketAsync(string bucket, CancellationToken cancellationToken)
    {
        try
        {
            await store.EnsureBucketAsync(bucket, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (ObjectStoreException e)
        {
            var status = e.Failure == StoreFailure.InvalidName ? StatusCodes.Status400BadRequest : StatusCodes.Status503ServiceUnavailable;
            return new Refusal(status, $"The bucket {bucket} cannot be made: {e.Message}");
        }
    }

    private void Apply(FunctionContext? running, FunctionRow row)
    {
        if (running is null)
        {
            supervisor.Launch(row);
        }
        else
        {
            running.Row = row;
            running.SetupWanted.Set();
        }
    }
}
