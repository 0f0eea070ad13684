namespace CreditManager.Alerts;

internal sealed partial class AlertSender
{
    [LoggerMessage(LogLevel.Error, "Alert {Id} for {User} is given up after {Calls} calls: {Failure}")]
    private partial void LogGivenUp(string id, string user, int calls, string failure);
}
