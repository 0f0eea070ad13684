using ContainerManager.Core.Buckets;
using ContainerManager.Core.Settings;
using ContainerManager.Functions;
using ContainerManager.Persistence;
using ContainerManager.Stores;
using ContainerManager.Working;
using Scaler.Contracts;

namespace ContainerManager.Buckets;

/// <summary>Keeps a function's setup as its bucket says.</summary>
internal sealed class SetupWatch(IObjectStore store, NodeMonitor node, ManagerOptions options)
{
    private const string ProblemSource = "setup";

    /// <summary>Reads the setup once.</summary>
    public async Task RunCycleAsync(FunctionContext function, CancellationToken cancellationToken)
    {
        if (node.Node is not { } known)
        {
            function.Problems.Set(ProblemSource, "The node's Scaler has not answered yet; everything goes on when it does.");
            return;
        }

        try
        {
            await function.SetupReader.ReadAsync(Ceilings(function.Row, known), setup => Show(function, setup), cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectStoreException e) when (e.Failure == StoreFailure.BucketMissing)
        {
            Show(function, BucketSetup.Missing(function.Bucket));
        }
        catch (ObjectStoreException e)
        {
            // What was read last still holds, as far as anyone can know.
            function.Problems.Set(ProblemSource, [.. function.Setup?.Problems ?? [], StoreProblem.Of(e, function.Bucket)]);
        }
    }

    /// <summary>Completes when <c>utils/</c> may have changed.</summary>
    public Task WaitForChangeAsync(FunctionContext function, TimeSpan timeout, CancellationToken cancellationToken) =>
        store.WaitForChangeAsync(function.Bucket, BucketLayout.Utils, timeout, cancellationToken);

    private static void Show(FunctionContext function, BucketSetup setup)
    {
        function.Problems.Set(ProblemSource, [.. setup.Problems]);
        var before = function.Setup;
        if (before is null || before.Fingerprint != setup.Fingerprint || before.Settings != setup.Settings
            || before.IdleTimeout != setup.IdleTimeout || !before.Blocks.SequenceEqual(setup.Blocks))
        {
            function.Setup = setup;
        }
    }

    private FunctionCeilings Ceilings(FunctionRow row, NodeState node) => new(
        row.MaxShares ?? node.Shares,
        row.MaxMemoryBytes ?? RegistrationRules.DefaultMaxMemoryBytes,
        row.MaxSlots ?? RegistrationRules.DefaultMaxSlots,
        row.AllowNetwork,
        options.MaxTaskDisk);
}
