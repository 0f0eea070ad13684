namespace CreditManager.Health;

internal sealed partial class Alarms
{
    [LoggerMessage(LogLevel.Warning, "Alarm ({Source}): {Text}")]
    private partial void LogRaised(AlarmSource source, string text);

    [LoggerMessage(LogLevel.Information, "Alarm over ({Source}): {Text}")]
    private partial void LogCleared(AlarmSource source, string text);
}
