namespace ContainerManager.Working;

internal sealed partial class SlotWorker
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Function {Function}: no task can be taken: {Reason}")]
    private partial void LogNoLease(string function, string reason);
}
