using ContainerManager.Dispatching;
using ContainerManager.Functions;
using Scaler.Contracts;
using ServiceDefaults.Client;
using CgroupState = Scaler.Contracts.ContainerState;

namespace ContainerManager.Working;

/// <summary>Reads and clears the slots of a container at its Scaler.</summary>
internal sealed class SlotMeter(IScalerApi scaler, TimeProvider time)
{
    private const string ProblemSource = "scaler";

    /// <summary>The slot now; null where the Scaler knows the container no more.</summary>
    public Task<SlotState?> ReadAsync(FunctionContext function, string containerId, int slot, CancellationToken cancellationToken) =>
        PatientlyAsync(function, token => scaler.FindSlotAsync(containerId, slot, token), cancellationToken);

    /// <summary>Kills everything in the slot; gives its counters behind the last of its processes.</summary>
    public async Task<SlotState?> KillAsync(FunctionContext function, string containerId, int slot, CancellationToken cancellationToken) =>
        Slot(await PatientlyAsync(function, token => KnownAsync(() => scaler.KillSlotAsync(containerId, slot, token)), cancellationToken).ConfigureAwait(false), slot);

    /// <summary>Kills the container and takes its final reading; null where the Scaler knows it no more.</summary>
    public Task<CgroupState?> CloseAsync(FunctionContext function, string containerId, CancellationToken cancellationToken) =>
        PatientlyAsync(function, token => KnownAsync(() => scaler.CloseAsync(containerId, token)), cancellationToken);

    /// <summary>A slot of a container's state.</summary>
    public static SlotState? Slot(CgroupState? state, int slot) => state?.Slots.FirstOrDefault(s => s.Slot == slot);

    /// <summary>A slot's counters; zero where it is not known.</summary>
    public static SlotUsage Usage(SlotState? slot) => new(slot?.UsageMicroseconds ?? 0, slot?.OutOfMemoryKills ?? 0);

    // A container that the Scaler does not know, or has closed, cannot be asked for more: there is nothing to wait for.
    private static async Task<CgroupState?> KnownAsync(Func<Task<CgroupState>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (ApiException e) when (!e.IsTransient)
        {
            return null;
        }
    }

    private Task<T?> PatientlyAsync<T>(FunctionContext function, Func<CancellationToken, Task<T?>> call, CancellationToken cancellationToken)
        where T : class =>
        Patience.UntilDoneAsync(call, why => function.Problems.Set(ProblemSource, why), function.Bucket, time, cancellationToken);
}
