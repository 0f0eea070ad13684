using System.Net;
using System.Text;

namespace Testing;

/// <summary>A server that gives one prepared answer to every request and remembers what it was asked.</summary>
/// <param name="status">Status of the answer.</param>
/// <param name="body">Its JSON.</param>
public sealed class CannedHttpHandler(HttpStatusCode status, string body) : HttpMessageHandler
{
    /// <summary>Every request as `METHOD /path body`.</summary>
    public IList<string> Requests { get; } = [];

    /// <summary>A client that reaches this server.</summary>
    public HttpClient Open() => new(this, disposeHandler: false) { BaseAddress = new Uri("http://canned.test/") };

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var sent = request.Content is null ? "" : " " + await request.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        Requests.Add($"{request.Method} {request.RequestUri!.PathAndQuery}{sent}");
        return new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
    }
}
