using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GridcoinDevnet.Testing;

namespace GridcoinDevnet.Rpc;

/// <summary>JSON-RPC over HTTP with the daemon's status codes and bodies.</summary>
internal sealed class RpcServer(RpcMethods methods, FaultPlan faults, CallCounts counts, TimeProvider time)
{
    public async Task AnswerAsync(HttpContext context)
    {
        using var body = await ReadAsync(context.Request);
        if (body?.RootElement is { ValueKind: JsonValueKind.Array } batch)
        {
            await AnswerBatchAsync(context, batch);
            return;
        }

        var request = body is null ? RpcRequest.Unreadable() : RpcRequest.Read(body.RootElement);
        await counts.CountAsync(request.Method ?? "", () => AnswerAsync(context, request));
    }

    /// <summary>Sends a JSON body with its length, as the daemon does.</summary>
    public static Task SendAsync(HttpResponse response, int status, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = bytes.Length;
        return response.Body.WriteAsync(bytes).AsTask();
    }

    private async Task AnswerAsync(HttpContext context, RpcRequest request)
    {
        if (request.Method is { } method && faults.Take(method) is { } fault)
        {
            await FaultyAnswer.SendAsync(context, fault, () => InvokeAsync(request), request.Id, time);
            return;
        }

        var answer = await InvokeAsync(request);
        await SendAsync(context.Response, answer.Status, answer.Text);
    }

    private async Task AnswerBatchAsync(HttpContext context, JsonElement batch)
    {
        var answers = new JsonArray();
        foreach (var request in batch.EnumerateArray())
        {
            answers.Add((await InvokeAsync(RpcRequest.Read(request))).Json);
        }

        await SendAsync(context.Response, StatusCodes.Status200OK, RpcAnswer.Write(answers));
    }

    private async Task<RpcAnswer> InvokeAsync(RpcRequest request)
    {
        try
        {
            return request.Fault is null
                ? new RpcAnswer(request.Id, await methods.InvokeAsync(request.Method!, request.Params), null)
                : new RpcAnswer(request.Id, null, request.Fault);
        }
        catch (RpcException e)
        {
            return new RpcAnswer(request.Id, null, e);
        }
        catch (IOException e)
        {
            return new RpcAnswer(request.Id, null, new RpcException(RpcErrors.Wallet, $"The wallet's journal cannot be written: {e.Message}"));
        }
    }

    private static async Task<JsonDocument?> ReadAsync(HttpRequest request)
    {
        try
        {
            return await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
