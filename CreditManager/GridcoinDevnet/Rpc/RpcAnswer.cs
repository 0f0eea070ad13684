using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GridcoinDevnet.Rpc;

/// <summary>An answer: a result or an error.</summary>
internal sealed record RpcAnswer(JsonNode? Id, JsonNode? Result, RpcException? Error)
{
    // The daemon escapes what JSON demands and nothing else.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public int Status => Error is null ? StatusCodes.Status200OK : RpcErrors.Status(Error.Code);

    public JsonObject Json => new()
    {
        ["result"] = Result?.DeepClone(),
        ["error"] = Error is null ? null : new JsonObject { ["code"] = Error.Code, ["message"] = Error.Message },
        ["id"] = Id?.DeepClone(),
    };

    public string Text => Write(Json);

    public static string Write(JsonNode json) => json.ToJsonString(Plain);
}
