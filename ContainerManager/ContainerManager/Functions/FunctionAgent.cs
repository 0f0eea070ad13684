using ContainerManager.Billing;
using ContainerManager.Buckets;
using ContainerManager.Dispatching;
using ContainerManager.Persistence;
using ContainerManager.Stores;
using ContainerManager.Triggers;
using ContainerManager.Working;

namespace ContainerManager.Functions;

/// <summary>Everything that is done for one function, from its registration to its end.</summary>
internal sealed partial class FunctionAgent(
    FunctionContext function,
    IObjectStore store,
    FunctionTable functions,
    ITaskLeases leases,
    InputWatch input,
    SetupWatch setup,
    FundsDesk funds,
    ScheduleTrigger schedule,
    StatusWriter status,
    FunctionRecovery recovery,
    RestKeeper rests,
    ContainerKeeper keeper,
    ManagerOptions options,
    TimeProvider time,
    ILogger<FunctionAgent> logger)
{
    // What is changed by hand, and seldom, is looked at less often; stores with notifications tell at once.
    private const int SlowFactor = 5;
    private static readonly TimeSpan RestAfterFailure = TimeSpan.FromSeconds(1);

    public FunctionContext Function => function;

    /// <summary>Runs until cancelled; containers run on.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(
            ForeverAsync("status", token => status.RunAsync(function, token), cancellationToken),
            ForeverAsync("bucket", RunInBucketAsync, cancellationToken)).ConfigureAwait(false);
    }

    private async Task RunInBucketAsync(CancellationToken cancellationToken)
    {
        // Before anything is swept: from here on the queue gives out no task that is unfinished elsewhere.
        await leases.ListOpenAsync(function.Name).ConfigureAwait(false);
        await Patience.UntilDoneAsync(EnsureBucketAsync, why => function.Problems.Set("bucket", why), function.Bucket, time, cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(
            ForeverAsync("setup", WatchSetupAsync, cancellationToken),
            ForeverAsync("input", token => input.RunAsync(function, token), cancellationToken),
            ForeverAsync("funds", WatchFundsAsync, cancellationToken),
            ForeverAsync("schedule", token => schedule.RunAsync(function, token), cancellationToken),
            ForeverAsync("container", KeepContainerAsync, cancellationToken)).ConfigureAwait(false);
    }

    private async Task<bool> EnsureBucketAsync(CancellationToken cancellationToken)
    {
        if (!function.Row.BucketMade)
        {
            await store.EnsureBucketAsync(function.Bucket, cancellationToken).ConfigureAwait(false);
            await functions.MarkBucketMadeAsync(function.Name).ConfigureAwait(false);
            function.Row = function.Row with { BucketMade = true };
        }

        return true;
    }

    private async Task KeepContainerAsync(CancellationToken cancellationToken)
    {
        if (function.Container is null)
        {
            var open = await leases.ListOpenAsync(function.Name).ConfigureAwait(false);
            await recovery.RecoverAsync(function, open, keeper, cancellationToken).ConfigureAwait(false);
            if (!function.IsRecovered)
            {
                rests.Load(function);
            }

            function.IsRecovered = true;
            function.Changed.Set();
        }

        await keeper.RunAsync(function, cancellationToken).ConfigureAwait(false);
    }

    private async Task WatchSetupAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            using var round = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var wanted = function.SetupWanted.Next;
            var changed = setup.WaitForChangeAsync(function, options.Poll * SlowFactor, round.Token);
            await setup.RunCycleAsync(function, cancellationToken).ConfigureAwait(false);
            await EitherAsync(changed, wanted, round).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task WatchFundsAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            using var round = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var changed = store.WaitForChangeAsync(function.Bucket, Core.Buckets.BucketLayout.Funds, options.Poll * SlowFactor, round.Token);
            try
            {
                await funds.RunCycleAsync(function, cancellationToken).ConfigureAwait(false);
            }
            catch (ObjectStoreException e)
            {
                function.Problems.Set("funds", StoreProblem.Of(e, function.Bucket));
            }

            await EitherAsync(changed, changed, round).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task EitherAsync(Task changed, Task wanted, CancellationTokenSource round)
    {
        await Task.WhenAny(changed, wanted).ConfigureAwait(false);
        var isBroken = changed.IsFaulted;
        await round.CancelAsync().ConfigureAwait(false);
        await changed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (isBroken)
        {
            // A store that cannot be watched is looked at now and then; a round itself says what is wrong with it.
            await Task.Delay(options.Poll, time, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>One part that fails must not take the others with it, nor stay away.</summary>
    private async Task ForeverAsync(string part, Func<CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await run(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogPartFailed(function.Name, part, e);
                await Task.Delay(RestAfterFailure, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Function {Function}: {Part} failed and is started again")]
    private partial void LogPartFailed(string function, string part, Exception error);
}
