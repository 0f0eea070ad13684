using System.Security.Cryptography;
using ContainerManager.Buckets;
using ContainerManager.Core.Containers;
using ContainerManager.Core.Settings;
using ContainerManager.Engines;
using ContainerManager.Functions;
using ContainerManager.Persistence;
using ContainerManager.Stores;
using Scaler.Contracts;
using CgroupState = Scaler.Contracts.ContainerState;

namespace ContainerManager.Working;

/// <summary>Starts containers, and takes over running ones.</summary>
internal sealed class ContainerStarter(
    IObjectStore store,
    IContainerEngine engine,
    IScalerApi scaler,
    ImageFetcher images,
    StagingFetcher staging,
    ContainerTable containers,
    SlotMeter meter,
    ManagerOptions options,
    TimeProvider time)
{
    /// <summary>A container that is to be started for a setup.</summary>
    public FunctionContainer Plan(FunctionContext function, BucketSetup setup)
    {
        var settings = setup.Settings!;
        var id = ContainerName.Make(function.Name, RandomNumberGenerator.GetString(ContainerName.Alphabet, ContainerName.RandomLength));
        return Make(new ContainerFacts(
            id, function.Name, setup.Image!.Name, "", setup.Fingerprint, settings.Slots, settings.MemoryBytes,
            settings.MaxAttempts, settings.WallTime, time.GetUtcNow()));
    }

    /// <summary>Starts it, from the image to the runners.</summary>
    /// <exception cref="EngineException">The image or the container is of no use.</exception>
    public async Task<IReadOnlyList<SlotSession>> StartAsync(
        FunctionContext function, BucketSetup setup, FunctionContainer container, CancellationToken cancellationToken)
    {
        var settings = setup.Settings!;
        var image = await images.PrepareAsync(function.Name, function.Bucket, setup.Image!, cancellationToken).ConfigureAwait(false);
        container.ImageReady(image.Digest);
        function.Changed.Set();
        // In the database first: whatever exists of a container from here on is known after a crash.
        await containers.InsertAsync(ContainerRows.Of(container)).ConfigureAwait(false);
        var cgroup = await scaler.RegisterAsync(container.Id, Registration(function, settings), cancellationToken).ConfigureAwait(false);
        container.Policy = cgroup.Policy;
        var spec = new ContainerSpec(container.Id, image, container.Workspace, settings.Slots, settings.Network, cgroup.JoinFiles);
        var script = await StartAndFillAsync(function, container, spec, cancellationToken).ConfigureAwait(false);
        var sessions = await AttachAsync(function, container, cgroup, script, resuming: null, cancellationToken).ConfigureAwait(false);
        container.Started();
        await containers.SetPhaseAsync(container.Id, container.State).ConfigureAwait(false);
        return sessions;
    }

    /// <summary>Takes over a container that runs.</summary>
    /// <param name="function">Its function.</param>
    /// <param name="row">What is recorded of it.</param>
    /// <param name="cgroup">Its state at the Scaler.</param>
    /// <param name="resuming">Slots in which a task may be running.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<(FunctionContainer Container, IReadOnlyList<SlotSession> Slots)> AdoptAsync(
        FunctionContext function, ContainerRow row, CgroupState cgroup, IReadOnlySet<int> resuming, CancellationToken cancellationToken)
    {
        var container = Make(ContainerRows.Facts(row));
        container.ImageReady(row.ImageDigest);
        container.Policy = cgroup.Policy;
        var sessions = await AttachAsync(function, container, cgroup, new ScriptFetcher(store), resuming, cancellationToken).ConfigureAwait(false);
        container.Started();
        return (container, sessions);
    }

    /// <summary>A container of which only the record is of use.</summary>
    public FunctionContainer Remains(ContainerRow row)
    {
        var container = Make(ContainerRows.Facts(row));
        container.TryEnd(StopReason.Crashed, onlyIdle: false);
        return container;
    }

    /// <summary>Where a container's files are, or were.</summary>
    public ContainerWorkspace WorkspaceOf(string containerId) =>
        new(Path.Combine(Path.GetFullPath(options.WorkDirectory!), "containers", containerId));

    private static ContainerRegistration Registration(FunctionContext function, FunctionSettings settings) => new(
        function.Row.User,
        function.Name,
        settings.Slots,
        new ContainerLimits(settings.MinShares, settings.MaxShares, settings.BoundaryShares, null, settings.StepShares),
        settings.MemoryBytes,
        settings.Processes,
        settings.Policy);

    private FunctionContainer Make(ContainerFacts facts) => new(facts, WorkspaceOf(facts.ContainerId), time);

    // The container sees both directories from its first moment, and nothing in it looks into them before there is a task: they are filled while it starts.
    private async Task<ScriptFetcher> StartAndFillAsync(
        FunctionContext function, FunctionContainer container, ContainerSpec spec, CancellationToken cancellationToken)
    {
        Download.MakeDirectory(container.Workspace.Root);
        Download.MakeDirectory(container.Workspace.StagingDirectory);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var start = engine.StartAsync(spec, stop.Token);
        var fill = FillWorkspaceAsync(function, container, stop.Token);
        try
        {
            await (await Task.WhenAny(start, fill).ConfigureAwait(false)).ConfigureAwait(false);
            await start.ConfigureAwait(false);
            return await fill.ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Neither may go on in files that are removed next.
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(start, fill).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    private async Task<ScriptFetcher> FillWorkspaceAsync(FunctionContext function, FunctionContainer container, CancellationToken cancellationToken)
    {
        var problems = await staging.FetchAsync(function.Bucket, container.Workspace.StagingDirectory, cancellationToken).ConfigureAwait(false);
        function.Problems.Set("staging", [.. problems]);
        var script = new ScriptFetcher(store);
        await script.RefreshAsync(function.Bucket, container.Workspace, cancellationToken).ConfigureAwait(false);
        return script;
    }

    // A new container, without slots to resume, shows with its first runner that it can run tasks; other slots get theirs when there is work for them.
    private async Task<IReadOnlyList<SlotSession>> AttachAsync(
        FunctionContext function, FunctionContainer container, CgroupState cgroup, ScriptFetcher script, IReadOnlySet<int>? resuming, CancellationToken cancellationToken)
    {
        var sessions = new List<SlotSession>();
        foreach (var slot in cgroup.Slots.OrderBy(s => s.Slot))
        {
            sessions.Add(new SlotSession(function, container, slot.Slot, slot.JoinFiles, script, engine, meter));
        }

        try
        {
            foreach (var session in resuming is null ? sessions.Take(1) : sessions)
            {
                await session.AttachAsync(resuming?.Contains(session.Slot) == true, cancellationToken).ConfigureAwait(false);
            }

            return sessions;
        }
        catch (Exception)
        {
            await Task.WhenAll(sessions.Select(s => s.DisposeAsync().AsTask())).ConfigureAwait(false);
            throw;
        }
    }
}
