namespace GridcoinDevnet.Rpc;

/// <summary>A refusal as the daemon words it.</summary>
internal sealed class RpcException(int code, string message) : Exception(message)
{
    public int Code => code;
}

/// <summary>The daemon's error numbers, as recorded.</summary>
internal static class RpcErrors
{
    public const int Misc = -1;
    public const int Type = -3;
    public const int Wallet = -4;
    public const int InvalidAddressOrKey = -5;
    public const int InsufficientFunds = -6;
    public const int InvalidParameter = -8;
    public const int WrongEncryptionState = -15;
    public const int InvalidRequest = -32600;
    public const int MethodNotFound = -32601;
    public const int Parse = -32700;

    /// <summary>HTTP status that goes with an error.</summary>
    public static int Status(int code) => code switch
    {
        InvalidRequest => StatusCodes.Status400BadRequest,
        MethodNotFound => StatusCodes.Status404NotFound,
        _ => StatusCodes.Status500InternalServerError,
    };

    public static RpcException InvalidAmount() => new(Type, "Invalid amount");

    public static RpcException InvalidAddress() => new(InvalidAddressOrKey, "Invalid Gridcoin address");
}
