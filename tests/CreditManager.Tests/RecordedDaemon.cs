using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CreditManager.Tests;

/// <summary>
/// Answers like the recorded daemon: the request with the same method and parameters gets the recorded status, content type and
/// body, with the request's id. A request that was never recorded gets status 501.
/// </summary>
internal sealed class RecordedDaemon : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<JsonElement> _exchanges;

    private RecordedDaemon(WebApplication app, List<JsonElement> exchanges) => (_app, _exchanges) = (app, exchanges);

    public Uri Address => new(_app.Urls.Single());

    public static async Task<RecordedDaemon> StartAsync()
    {
        var transcript = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine("Fixtures", "rpc-transcript.json")));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var daemon = new RecordedDaemon(app, [.. transcript.RootElement.GetProperty("exchanges").EnumerateArray().Where(e => e.TryGetProperty("request", out _))]);
        app.MapPost("/", daemon.AnswerAsync);
        await app.StartAsync();
        return daemon;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var request = (await JsonNode.ParseAsync(context.Request.Body))!;
        var password = context.Request.Headers.Authorization.ToString().EndsWith(Convert.ToBase64String("u:wrong"u8), StringComparison.Ordinal);
        var found = _exchanges.Find(e => password
            ? e.GetProperty("note").GetString() == "wrong password"
            : Same(e.GetProperty("request"), request));
        if (found.ValueKind == JsonValueKind.Undefined)
        {
            context.Response.StatusCode = StatusCodes.Status501NotImplemented;
            return;
        }

        context.Response.StatusCode = found.GetProperty("status").GetInt32();
        context.Response.ContentType = found.GetProperty("content_type").GetString();
        var recordedId = "\"id\":" + found.GetProperty("request").GetProperty("id").GetRawText() + "}";
        await context.Response.WriteAsync(found.GetProperty("response").GetString()!.Replace(
            recordedId, "\"id\":" + request["id"]!.ToJsonString() + "}", StringComparison.Ordinal));
    }

    private static bool Same(JsonElement recorded, JsonNode request) =>
        recorded.GetProperty("method").GetString() == request["method"]!.GetValue<string>()
        && JsonNode.DeepEquals(Plain(recorded.GetProperty("params").GetRawText()), Plain(request["params"]!.ToJsonString()));

    /// <summary>Amounts may be written with more or fewer zeros.</summary>
    private static JsonArray Plain(string parameters) => new JsonArray([.. JsonNode.Parse(parameters)!.AsArray().Select(p =>
        p is JsonValue value && value.TryGetValue<decimal>(out var number) ? JsonValue.Create((number / 1.000000000000000000m).ToString("G29", System.Globalization.CultureInfo.InvariantCulture)) : p?.DeepClone())]);
}
