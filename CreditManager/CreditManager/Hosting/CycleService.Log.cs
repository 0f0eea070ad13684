namespace CreditManager.Hosting;

internal abstract partial class CycleService
{
    [LoggerMessage(LogLevel.Error, "A cycle failed; it is tried again.")]
    private partial void LogFailed(Exception exception);
}
