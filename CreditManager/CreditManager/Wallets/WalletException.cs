namespace CreditManager.Wallets;

/// <summary>How a wallet call failed.</summary>
internal enum WalletFailure
{
    /// <summary>No connection: the call certainly did nothing.</summary>
    Unreachable,

    /// <summary>The wallet does not accept the credentials.</summary>
    Unauthorized,

    /// <summary>The wallet answered with an error.</summary>
    Refused,

    /// <summary>No answer, or one that cannot be understood: the call may have done its work.</summary>
    Unclear,
}

/// <summary>A wallet call failed. Neither message nor members hold credentials.</summary>
internal sealed class WalletException(WalletFailure failure, string message, int? code = null, Exception? innerException = null)
    : Exception(message, innerException)
{
    public WalletFailure Failure => failure;

    /// <summary>The wallet's error number; null where it gave none.</summary>
    public int? Code => code;
}
