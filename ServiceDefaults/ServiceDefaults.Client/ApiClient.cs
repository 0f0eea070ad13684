using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace ServiceDefaults.Client;

/// <summary>
/// Base of the contract clients: sends JSON to a service and turns every failure into one <see cref="ApiException"/>
/// whose message is the service's own explanation.
/// </summary>
/// <param name="http">Has the service's base address and, where it wants one, its bearer token.</param>
public abstract class ApiClient(HttpClient http)
{
    protected Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) =>
        SendAsync<T>(HttpMethod.Get, path, null, cancellationToken);

    /// <summary>Like <see cref="GetAsync{T}"/>, with null for a thing that does not exist (404).</summary>
    protected async Task<T?> FindAsync<T>(string path, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await GetAsync<T>(path, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e) when (e.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    protected async Task<T> SendAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var response = await SendCoreAsync(method, path, body, cancellationToken).ConfigureAwait(false);
        try
        {
            return await response.Content.ReadFromJsonAsync<T>(ApiJson.Tolerant, cancellationToken).ConfigureAwait(false)
                ?? throw new ApiException($"{method} {path}: the answer is empty.");
        }
        catch (Exception e) when (e is JsonException or HttpRequestException or IOException or InvalidOperationException)
        {
            throw new ApiException($"{method} {path}: the answer cannot be read: {e.Message}", innerException: e);
        }
    }

    protected async Task SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var response = await SendCoreAsync(method, path, body, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>An answer that may be too large to hold; dispose the stream. Only the wait for its beginning is limited in time.</summary>
    protected async Task<Stream> GetStreamAsync(string path, CancellationToken cancellationToken)
    {
        var response = await SendCoreAsync(HttpMethod.Get, path, null, cancellationToken, HttpCompletionOption.ResponseHeadersRead).ConfigureAwait(false);
        return await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One path segment, escaped, so that no name can reach another resource.</summary>
    protected static string Segment(string name) => Uri.EscapeDataString(name);

    private async Task<HttpResponseMessage> SendCoreAsync(
        HttpMethod method,
        string path,
        object? body,
        CancellationToken cancellationToken,
        HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = JsonContent.Create(body, body.GetType(), options: ApiJson.Tolerant);
        }

        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, completion, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            throw new ApiException($"{http.BaseAddress} cannot be reached: {e.Message}", innerException: e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ApiException($"{http.BaseAddress} did not answer in time.", innerException: e);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await RefusalAsync(method, path, response, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<ApiException> RefusalAsync(
        HttpMethod method, string path, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        // Whatever the answer says of its encoding: another program's answer may name one that does not exist.
        var text = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
        string? explanation = null;
        try
        {
            explanation = JsonSerializer.Deserialize<Problem>(text, ApiJson.Tolerant)?.Explanation;
        }
        catch (JsonException)
        {
            // Not one of our services answered (a proxy, another program on the port): its text is all there is.
            explanation = text.Length > 200 ? text[..200] : text;
        }

        explanation = string.IsNullOrWhiteSpace(explanation) ? response.ReasonPhrase : explanation;
        return new ApiException($"{method} {path}: {(int)response.StatusCode} {explanation}", response.StatusCode);
    }

    private sealed record Problem(string? Title = null, string? Detail = null)
    {
        public string? Explanation => Detail ?? Title;
    }
}
