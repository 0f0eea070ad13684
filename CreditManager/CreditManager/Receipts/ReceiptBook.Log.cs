namespace CreditManager.Receipts;

internal sealed partial class ReceiptBook
{
    [LoggerMessage(LogLevel.Warning, "Earlier receipts are signed with another key, {EarlierKey}; from now on {Key} signs.")]
    private partial void LogOtherKey(string earlierKey, string key);
}
