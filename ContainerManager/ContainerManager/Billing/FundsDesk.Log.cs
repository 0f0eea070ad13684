using CreditManager.Contracts;

namespace ContainerManager.Billing;

internal sealed partial class FundsDesk
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Receipt {Key} of function {Function}: {Result}: {Reason}")]
    private partial void LogAnswered(string function, string key, DepositResult result, string reason);
}
