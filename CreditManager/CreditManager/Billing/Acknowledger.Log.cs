namespace CreditManager.Billing;

internal sealed partial class Acknowledger
{
    [LoggerMessage(LogLevel.Warning, "The final reading of container {Container} could not be acknowledged to {Scaler}; it is tried again: {Reason}")]
    private partial void LogFailed(string container, string scaler, string reason);
}
