using CreditManager.Billing;
using CreditManager.Core.Standings;
using CreditManager.Health;
using Scaler.Contracts;
using ServiceDefaults.Client;

namespace CreditManager.Standings;

/// <summary>Makes running containers be as their users' standings want them.</summary>
internal sealed class Enforcer(Alarms alarms)
{
    public async Task EnforceAsync(
        IEnumerable<NodeReading> readings, IReadOnlyDictionary<string, UserPosition> positions, CancellationToken cancellationToken)
    {
        var troubles = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (scaler, reading) in readings.Where(r => !r.Reading.Final))
        {
            if (!positions.TryGetValue(reading.User, out var position))
            {
                continue;
            }

            var standing = position.Decision.Standing;
            var flags = new ContainerFlags(reading.MinShares, reading.BoundaryShares, reading.RestrictionShares, reading.Frozen);
            var steps = Enforcement.Plan(standing, flags);
            try
            {
                await TakeAsync(scaler.Api, reading.ContainerId, steps, cancellationToken);
            }
            catch (ApiException e)
            {
                troubles[reading.ContainerId] = $"container {reading.ContainerId} cannot be put into the state of a user who is {standing}: {e.Message}";
            }
        }

        alarms.Replace(AlarmSource.Enforcement, troubles);
    }

    /// <summary>Freezing comes first, because it is what limits the debt; a restriction is lifted before the container goes on.</summary>
    private static async Task TakeAsync(IScalerApi scaler, string container, EnforcementSteps steps, CancellationToken cancellationToken)
    {
        if (steps.Freeze)
        {
            await scaler.FreezeAsync(container, cancellationToken);
        }

        if (steps.Restrict is { } shares)
        {
            await RestrictAsync(scaler, container, shares, cancellationToken);
        }

        if (steps.Lift)
        {
            await scaler.LiftRestrictionAsync(container, cancellationToken);
        }

        if (steps.Thaw)
        {
            await scaler.ThawAsync(container, cancellationToken);
        }
    }

    private static async Task RestrictAsync(IScalerApi scaler, string container, int shares, CancellationToken cancellationToken)
    {
        var state = await scaler.FindContainerAsync(container, cancellationToken);
        if (state is not null && Enforcement.Possible(shares, state.Limits.MaxShares) is var possible && state.RestrictionShares != possible)
        {
            await scaler.RestrictAsync(container, possible, cancellationToken);
        }
    }
}
