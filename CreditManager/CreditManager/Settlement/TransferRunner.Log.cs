using CreditManager.Core.Money;
using CreditManager.Wallets;

namespace CreditManager.Settlement;

internal sealed partial class TransferRunner
{
    [LoggerMessage(LogLevel.Information, "The wallet has {Transfer}: {Amount} GRC.")]
    private partial void LogConfirmed(string transfer, GrcAmount amount);

    [LoggerMessage(LogLevel.Warning, "The wallet did not confirm {Transfer} ({Failure}); it is looked for before it is sent again: {Reason}")]
    private partial void LogFailed(string transfer, WalletFailure failure, string reason);
}
