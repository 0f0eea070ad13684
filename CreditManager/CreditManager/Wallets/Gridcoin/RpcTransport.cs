using System.Net.Http.Headers;
using System.Text;
using ServiceDefaults;

namespace CreditManager.Wallets.Gridcoin;

/// <summary>An HTTP answer, as text.</summary>
internal sealed record RpcHttpAnswer(int Status, string Body);

/// <summary>Carries one request to the daemon and the answer back; knows HTTP and nothing of JSON.</summary>
internal sealed class RpcTransport : IDisposable
{
    private const int LongestAnswerBytes = 256 * 1024 * 1024;

    private readonly HttpClient _http;

    public RpcTransport(Uri address, RpcCredentials credentials, TimeSpan timeout)
    {
        // A connection of its own for every call: one that was kept open and died meanwhile would make a move unclear.
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero, UseProxy = false, AllowAutoRedirect = false };
        _http = new HttpClient(handler) { BaseAddress = address, Timeout = timeout, MaxResponseContentBufferSize = LongestAnswerBytes };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credentials.User}:{credentials.Password}")));
    }

    /// <exception cref="WalletException"><see cref="WalletFailure.Unreachable"/> or <see cref="WalletFailure.Unclear"/>.</exception>
    public async Task<RpcHttpAnswer> PostAsync(string body, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var response = await _http.PostAsync("", content, cancellationToken);
            return new RpcHttpAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (HttpRequestException e) when (NeverConnected(e))
        {
            throw new WalletException(WalletFailure.Unreachable, $"the wallet at {_http.BaseAddress} cannot be reached: {e.Message}", innerException: e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new WalletException(WalletFailure.Unclear, $"the wallet at {_http.BaseAddress} broke off: {e.Message}", innerException: e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new WalletException(WalletFailure.Unclear, $"the wallet at {_http.BaseAddress} did not answer within {_http.Timeout}.", innerException: e);
        }
    }

    public void Dispose() => _http.Dispose();

    private static bool NeverConnected(HttpRequestException error) => error.HttpRequestError
        is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;
}
