using CreditManager.Health;
using Scaler.Contracts;
using ServiceDefaults.Client;

namespace CreditManager.Billing;

/// <summary>Tells the Scalers which final readings are billed; one that is not told says so again in its next answer.</summary>
internal sealed partial class Acknowledger(IKillPoints killPoints, ILogger<Acknowledger> logger)
{
    private readonly ILogger _logger = logger;

    public async Task AcknowledgeAsync(IEnumerable<NodeReading> settled, CancellationToken cancellationToken)
    {
        foreach (var (scaler, reading) in settled.Where(s => s.Reading.Final))
        {
            killPoints.Pass(KillPoint.BeforeAcknowledgement);
            try
            {
                // The Scaler knows the reading by its usage, whichever counter was billed.
                await scaler.Api.AcknowledgeAsync(new UsageAcknowledgement(reading.ContainerId, reading.UsageMicroseconds), cancellationToken);
            }
            catch (ApiException e)
            {
                LogFailed(reading.ContainerId, scaler.Name, e.Message);
            }

            killPoints.Pass(KillPoint.AfterAcknowledgement);
        }
    }
}
