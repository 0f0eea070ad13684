using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ServiceDefaults.Client.Tests;

public sealed class ApiClientTests
{
    private readonly ScriptedHandler _handler = new();

    [Fact]
    public async Task Get_Answer_IsReadWithMembersThatAreNewer()
    {
        _handler.Answer = () => Json(HttpStatusCode.OK, """{"litres":2,"shade":"very_dark","added_later":{"a":1}}""");
        Assert.Equal(new Paint(2, Shade.VeryDark), await Client().GetPaintAsync());
    }

    [Fact]
    public async Task Put_Body_IsSentInSnakeCase()
    {
        _handler.Answer = () => new HttpResponseMessage(HttpStatusCode.NoContent);
        await Client().PutPaintAsync("a/b c?#ä", new Paint(2, Shade.VeryDark, "n"));
        Assert.Equal("PUT http://service/paint/a%2Fb%20c%3F%23%C3%A4", _handler.Request);
        Assert.Equal("""{"litres":2,"shade":"very_dark","long_note":"n"}""", _handler.Body);
    }

    [Theory]
    [InlineData("""{"title":"Bad request","detail":"litres: 0 is not allowed."}""", "litres: 0 is not allowed.")]
    [InlineData("""{"title":"Only a title"}""", "Only a title")]
    [InlineData("""{"unknown":1}""", "Bad Request")]
    [InlineData("null", "Bad Request")]
    [InlineData("", "Bad Request")]
    [InlineData("[1]", "[1]")]
    [InlineData("<html>proxy</html>", "<html>proxy</html>")]
    public async Task Refusal_AnyBody_BecomesOneMessage(string body, string explanation)
    {
        _handler.Answer = () => Json(HttpStatusCode.BadRequest, body);
        var error = await Assert.ThrowsAsync<ApiException>(() => Client().GetPaintAsync());
        Assert.Equal($"GET paint: 400 {explanation}", error.Message);
        Assert.Equal(HttpStatusCode.BadRequest, error.Status);
        Assert.False(error.IsTransient);
    }

    [Fact]
    public async Task Refusal_EndlessText_IsCut()
    {
        _handler.Answer = () => Json(HttpStatusCode.BadGateway, new string('x', 100_000));
        Assert.InRange((await Assert.ThrowsAsync<ApiException>(() => Client().GetPaintAsync())).Message.Length, 200, 300);
    }

    [Theory]
    [InlineData(HttpStatusCode.RequestTimeout, true)]
    [InlineData(HttpStatusCode.TooManyRequests, true)]
    [InlineData(HttpStatusCode.InternalServerError, true)]
    [InlineData(HttpStatusCode.ServiceUnavailable, true)]
    [InlineData(HttpStatusCode.Unauthorized, false)]
    [InlineData(HttpStatusCode.NotFound, false)]
    [InlineData(HttpStatusCode.Conflict, false)]
    public async Task Refusal_Status_TellsWhetherToTryAgain(HttpStatusCode status, bool transient)
    {
        _handler.Answer = () => Json(status, "{}");
        Assert.Equal(transient, (await Assert.ThrowsAsync<ApiException>(() => Client().GetPaintAsync())).IsTransient);
    }

    [Fact]
    public async Task Find_Missing_IsNullAndOtherRefusalsAreNot()
    {
        _handler.Answer = () => Json(HttpStatusCode.NotFound, "{}");
        Assert.Null(await Client().FindPaintAsync());
        _handler.Answer = () => Json(HttpStatusCode.Unauthorized, "{}");
        await Assert.ThrowsAsync<ApiException>(() => Client().FindPaintAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("<html>")]
    [InlineData("""{"litres":"two","shade":"bright"}""")]
    [InlineData("""{"litres":2,"shade":"green"}""")]
    [InlineData("""{"litres":2}""")]
    public async Task Get_AnswerThatCannotBeRead_IsTransient(string body)
    {
        _handler.Answer = () => Json(HttpStatusCode.OK, body);
        var error = await Assert.ThrowsAsync<ApiException>(() => Client().GetPaintAsync());
        Assert.StartsWith("GET paint: the answer ", error.Message, StringComparison.Ordinal);
        Assert.True(error.IsTransient);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.BadGateway)]
    public async Task Answer_InAnEncodingThatDoesNotExist_IsAnApiException(HttpStatusCode status)
    {
        _handler.Answer = () =>
        {
            var response = new HttpResponseMessage(status) { Content = new ByteArrayContent("{}"u8.ToArray()) };
            response.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=klingon");
            return response;
        };
        await Assert.ThrowsAsync<ApiException>(() => Client().GetPaintAsync());
    }

    [Fact]
    public async Task Call_NobodyListens_IsTransientAndNamesTheAddress()
    {
        using var unused = new TcpListener(IPAddress.Loopback, 0);
        unused.Start();
        var address = $"http://{unused.LocalEndpoint}/";
        unused.Stop();
        using var http = ServiceConnection.Open(new Uri(address), null);
        var error = await Assert.ThrowsAsync<ApiException>(() => new PaintClient(http).GetPaintAsync());
        Assert.StartsWith(address + " cannot be reached", error.Message, StringComparison.Ordinal);
        Assert.True(error.IsTransient);
        Assert.Null(error.Status);
    }

    [Fact]
    public async Task Call_ServiceNeverAnswers_EndsAtTheTimeout()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var http = ServiceConnection.Open(new Uri($"http://{silent.LocalEndpoint}"), null, TimeSpan.FromMilliseconds(100));
        var error = await Assert.ThrowsAsync<ApiException>(() => new PaintClient(http).GetPaintAsync());
        Assert.Contains("did not answer in time", error.Message, StringComparison.Ordinal);
        Assert.True(error.IsTransient);
    }

    [Fact]
    public async Task Call_CancelledByTheCaller_IsCancelled()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var http = ServiceConnection.Open(new Uri($"http://{silent.LocalEndpoint}"), null);
        using var cancelling = new CancellationTokenSource();
        var call = new PaintClient(http).GetPaintAsync(cancelling.Token);
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    private static HttpResponseMessage Json(HttpStatusCode status, string body) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    private PaintClient Client() => new(new HttpClient(_handler) { BaseAddress = new Uri("http://service/") });
}
