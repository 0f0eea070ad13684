using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace ContainerManager.Engines.Docker;

/// <summary>
/// The Engine API of Docker, and of servers that speak it, over its socket. No version is asked for: what is used here is in all of them.
/// </summary>
internal sealed class DockerServer(string socket) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectCallback = (_, token) => ConnectAsync(socket, token) })
    {
        BaseAddress = new Uri("http://docker/"),
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Asks for an object; null where the server has none of that name.</summary>
    public async Task<JsonElement?> FindAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, null, cancellationToken);
        return answer.StatusCode == HttpStatusCode.NotFound
            ? null
            : await (await CheckedAsync(answer, cancellationToken)).Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }

    /// <summary>Asks for something to be done.</summary>
    public async Task PostAsync(string path, object? body, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Post, path, body is null ? null : JsonContent.Create(body), cancellationToken);
        await CheckedAsync(answer, cancellationToken);
    }

    /// <summary>Asks for something that is reported line by line, and waits for its end.</summary>
    /// <exception cref="EngineException">It failed; the server says so in one of the lines.</exception>
    public async Task FollowAsync(string path, HttpContent? body, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Post, path, body, cancellationToken);
        await CheckedAsync(answer, cancellationToken);
        try
        {
            using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellationToken));
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                if (line.Length > 0 && Text(line, "error") is { } error)
                {
                    throw new EngineException(error);
                }
            }
        }
        catch (IOException e)
        {
            throw Silent(e);
        }
    }

    /// <summary>Removes an object.</summary>
    /// <returns>Whether it is gone; false while it is still being removed.</returns>
    public async Task<bool> DeleteAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Delete, path, null, cancellationToken);
        if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            return answer.StatusCode == HttpStatusCode.NotFound;
        }

        await CheckedAsync(answer, cancellationToken);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static async ValueTask<Stream> ConnectAsync(string socket, CancellationToken cancellationToken)
    {
        var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellationToken);
            return new NetworkStream(connection, ownsSocket: true);
        }
        catch (Exception)
        {
            connection.Dispose();
            throw;
        }
    }

    private static async Task<HttpResponseMessage> CheckedAsync(HttpResponseMessage answer, CancellationToken cancellationToken) =>
        answer.IsSuccessStatusCode
            ? answer
            : throw new EngineException(Text(await answer.Content.ReadAsStringAsync(cancellationToken), "message") ?? $"status {(int)answer.StatusCode}");

    private static string? Text(string json, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw Silent(e);
        }
    }

    private EngineException Silent(Exception e) =>
        new($"The Docker server at {socket} does not answer: {e.GetBaseException().Message}", e);
}
