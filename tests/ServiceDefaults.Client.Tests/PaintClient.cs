namespace ServiceDefaults.Client.Tests;

internal enum Shade
{
    Bright,
    VeryDark,
}

internal sealed record Paint(int Litres, Shade Shade, string? LongNote = null);

/// <summary>A contract client as the services' own are.</summary>
internal sealed class PaintClient(HttpClient http) : ApiClient(http)
{
    public Task<Paint> GetPaintAsync(CancellationToken cancellationToken = default) => GetAsync<Paint>("paint", cancellationToken);

    public Task<Paint?> FindPaintAsync() => FindAsync<Paint>("paint", CancellationToken.None);

    public Task PutPaintAsync(string name, Paint paint) =>
        SendAsync(HttpMethod.Put, $"paint/{Segment(name)}", paint, CancellationToken.None);
}
