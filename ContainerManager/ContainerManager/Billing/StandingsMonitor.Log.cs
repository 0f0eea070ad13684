namespace ContainerManager.Billing;

internal sealed partial class StandingsMonitor
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "CreditManager cannot be asked, new tasks wait: {Reason}")]
    private partial void LogBillingAway(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "CreditManager answers again")]
    private partial void LogBillingBack();
}
