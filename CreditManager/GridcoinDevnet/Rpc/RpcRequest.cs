using System.Text.Json;
using System.Text.Json.Nodes;

namespace GridcoinDevnet.Rpc;

/// <summary>One request, as far as it could be read.</summary>
/// <param name="Id">Comes back in the answer.</param>
/// <param name="Method">The method; null where the request is unusable.</param>
/// <param name="Params">The parameters.</param>
/// <param name="Fault">Why it is unusable.</param>
internal sealed record RpcRequest(JsonNode? Id, string? Method, RpcParams Params, RpcException? Fault)
{
    public static RpcRequest Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Unusable(null, RpcErrors.InvalidRequest, "Invalid Request object");
        }

        var id = json.TryGetProperty("id", out var given) ? JsonNode.Parse(given.GetRawText()) : null;
        if (!json.TryGetProperty("method", out var method) || method.ValueKind != JsonValueKind.String)
        {
            return Unusable(id, RpcErrors.InvalidRequest, "Missing method");
        }

        var found = json.TryGetProperty("params", out var parameters);
        return found && parameters.ValueKind is not (JsonValueKind.Array or JsonValueKind.Null)
            ? Unusable(id, RpcErrors.InvalidRequest, "Params must be an array")
            : new RpcRequest(id, method.GetString(), new RpcParams(parameters), null);
    }

    public static RpcRequest Unreadable() => Unusable(null, RpcErrors.Parse, "Parse error");

    private static RpcRequest Unusable(JsonNode? id, int code, string message) =>
        new(id, null, new RpcParams(default), new RpcException(code, message));
}
