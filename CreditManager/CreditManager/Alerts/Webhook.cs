using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CreditManager.Contracts;
using CreditManager.Core.Alerts;
using CreditManager.Options;
using ServiceDefaults.Client;

namespace CreditManager.Alerts;

/// <summary>
/// Calls the webhook. Of an answer only the status is read: a receiver can waste the time of one timeout and no memory. The address may
/// hold a secret of its own, so that only its host is ever told to anybody.
/// </summary>
internal sealed class Webhook : IDisposable
{
    private const int MostHeaderKilobytes = 16;

    private readonly HttpClient _http;
    private readonly Uri _url;
    private readonly byte[] _secret;
    private readonly TimeProvider _time;

    /// <param name="options">With an address.</param>
    /// <param name="time">Tells the receiver how old a call is.</param>
    public Webhook(AlertOptions options, TimeProvider time)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            MaxResponseHeadersLength = MostHeaderKilobytes,
            MaxResponseDrainSize = 0,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        };
        _http = new HttpClient(handler) { Timeout = options.Timeout };
        _url = options.WebhookUrl!;
        _secret = Encoding.UTF8.GetBytes(options.ReadSecret());
        _time = time;
    }

    /// <summary>Tells one alert; why it was not taken, or null.</summary>
    public async Task<string?> CallAsync(Alert alert, CancellationToken cancellationToken)
    {
        var body = Body(alert);
        using var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(WebhookSignature.Header, WebhookSignature.Of(_secret, _time.GetUtcNow(), body));
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return answer.IsSuccessStatusCode ? null : $"{_url.Host} answered with status {(int)answer.StatusCode}; only 200 to 299 count.";
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return $"{_url.Host} cannot be called: {e.Message}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"{_url.Host} did not answer within {_http.Timeout}.";
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The same bytes each time an alert is told.</summary>
    private static byte[] Body(Alert alert) => JsonSerializer.SerializeToUtf8Bytes(
        new Message(alert.Id, alert.Number, alert.User, alert.Kind, alert.ThresholdHalfords, alert.BalanceHalfords, alert.Standing, alert.Text, alert.At),
        ApiJson.Strict);

    /// <summary>What is posted.</summary>
    private sealed record Message(
        string Id,
        long Number,
        string User,
        AlertKind Kind,
        long? ThresholdHalfords,
        long BalanceHalfords,
        Standing Standing,
        string Text,
        DateTimeOffset At);
}
