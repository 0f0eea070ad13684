using CreditManager.Contracts;

namespace CreditManager.Alerts;

internal sealed partial class AlertWatch
{
    [LoggerMessage(LogLevel.Warning, "Alert ({Kind}) for {User}: {Text}")]
    private partial void LogAlert(AlertKind kind, string user, string text);
}
