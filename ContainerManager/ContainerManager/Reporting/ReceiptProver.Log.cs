namespace ContainerManager.Reporting;

internal sealed partial class ReceiptProver
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Function {Function}: the receipt of task {TaskName} is not signed: {Reason}")]
    private partial void LogNotProven(string function, string taskName, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Signed receipts cannot be read from the database now: {Reason}")]
    private partial void LogNotRead(string reason);
}
