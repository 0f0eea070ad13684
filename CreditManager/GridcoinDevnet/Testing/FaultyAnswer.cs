using System.Text;
using System.Text.Json.Nodes;
using GridcoinDevnet.Rpc;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace GridcoinDevnet.Testing;

/// <summary>Misbehaves as a <see cref="Fault"/> says.</summary>
internal static class FaultyAnswer
{
    public static async Task SendAsync(
        HttpContext context, Fault fault, Func<Task<RpcAnswer>> invoke, JsonNode? id, TimeProvider time)
    {
        if (fault.DelayBeforeApply)
        {
            await WaitAsync(fault, time);
        }

        var answer = fault.Apply ? await invoke() : new RpcAnswer(id, true, null);
        if (!fault.DelayBeforeApply)
        {
            await WaitAsync(fault, time);
        }

        await SendAsync(context, fault, answer, time);
    }

    /// <summary>Not ended by the caller's going: a daemon that is slow carries out what it has accepted.</summary>
    private static Task WaitAsync(Fault fault, TimeProvider time) =>
        fault.DelayMilliseconds == 0 ? Task.CompletedTask : Task.Delay(TimeSpan.FromMilliseconds(fault.DelayMilliseconds), time);

    private static Task SendAsync(HttpContext context, Fault fault, RpcAnswer answer, TimeProvider time) => fault.Answer switch
    {
        FaultyAnswerKind.Normal => RpcServer.SendAsync(context.Response, answer.Status, answer.Text),
        FaultyAnswerKind.Error => SendErrorAsync(context, fault, answer),
        FaultyAnswerKind.Status => SendStatusAsync(context, fault),
        FaultyAnswerKind.Garbage => RpcServer.SendAsync(context.Response, StatusCodes.Status200OK, "{\"result\":tru\0"),
        FaultyAnswerKind.Truncated => SendHalfAsync(context, answer),
        FaultyAnswerKind.Twice => RpcServer.SendAsync(context.Response, answer.Status, answer.Text + answer.Text),
        FaultyAnswerKind.TwoAnswers => SendTwoAnswersAsync(context, answer),
        FaultyAnswerKind.Drop => DropAsync(context),
        FaultyAnswerKind.Hang => HangAsync(context, time),
        FaultyAnswerKind.Lie => RpcServer.SendAsync(context.Response, StatusCodes.Status200OK, (answer with { Result = fault.Result, Error = null }).Text),
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault.Answer, null),
    };

    private static Task SendErrorAsync(HttpContext context, Fault fault, RpcAnswer answer)
    {
        var error = answer with { Result = null, Error = new RpcException(fault.Code, "Injected fault") };
        return RpcServer.SendAsync(context.Response, error.Status, error.Text);
    }

    private static Task SendStatusAsync(HttpContext context, Fault fault)
    {
        if (fault.Status == StatusCodes.Status401Unauthorized)
        {
            return BasicAuthentication.RefuseAsync(context.Response);
        }

        context.Response.StatusCode = fault.Status;
        context.Response.ContentType = "text/html";
        return context.Response.WriteAsync("<html><body>Injected fault</body></html>");
    }

    private static async Task SendHalfAsync(HttpContext context, RpcAnswer answer)
    {
        var bytes = Encoding.UTF8.GetBytes(answer.Text);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    /// <summary>The first one goes onto the connection past the server, which then sends its own.</summary>
    private static async Task SendTwoAnswersAsync(HttpContext context, RpcAnswer answer)
    {
        var body = Encoding.UTF8.GetBytes(answer.Text);
        var head = $"HTTP/1.1 {answer.Status} Once\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n";
        var connection = context.Features.GetRequiredFeature<IConnectionTransportFeature>().Transport.Output;
        await connection.WriteAsync(Encoding.ASCII.GetBytes(head));
        await connection.WriteAsync(body);
        await RpcServer.SendAsync(context.Response, answer.Status, answer.Text);
    }

    private static Task DropAsync(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private static async Task HangAsync(HttpContext context, TimeProvider time)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }
}
