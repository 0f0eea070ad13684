using System.Text.Json.Nodes;
using GridcoinDevnet.Wallet;

namespace GridcoinDevnet.Rpc;

/// <summary>The methods by name, each with the least number of its parameters.</summary>
internal sealed class RpcMethods(WalletBook book, TimeProvider time)
{
    private readonly Dictionary<string, RpcMethod> _methods = InfoMethods.All
        .Concat(AccountMethods.All).Concat(MoveMethods.All).Concat(TransactionMethods.All).Concat(SendMethods.All)
        .ToDictionary(m => m.Name, StringComparer.Ordinal);

    private readonly long _startedAt = time.GetTimestamp();

    /// <exception cref="RpcException">The daemon's refusal.</exception>
    public Task<JsonNode?> InvokeAsync(string name, RpcParams parameters)
    {
        if (!_methods.TryGetValue(name, out var method))
        {
            throw new RpcException(RpcErrors.MethodNotFound, "Method not found");
        }

        if (parameters.Count < method.LeastParameters)
        {
            throw new RpcException(RpcErrors.Parse, HelpTexts.Of(method.Name));
        }

        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var uptime = (long)time.GetElapsedTime(_startedAt).TotalSeconds;
        return book.WithAsync(b => method.Invoke(new RpcCall(b, parameters, now, uptime)));
    }
}

/// <summary>A method of the daemon.</summary>
internal sealed record RpcMethod(string Name, int LeastParameters, Func<RpcCall, JsonNode?> Invoke);

/// <summary>One call of a method.</summary>
/// <param name="Book">The wallet.</param>
/// <param name="Params">The parameters.</param>
/// <param name="Now">Seconds since 1970.</param>
/// <param name="Uptime">Seconds since the start.</param>
internal sealed record RpcCall(WalletBook Book, RpcParams Params, long Now, long Uptime)
{
    public WalletState State => Book.State;
}
