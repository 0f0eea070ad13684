namespace ServiceDefaults.Client.Tests;

/// <summary>Answers as told and keeps the last request.</summary>
internal sealed class ScriptedHandler : HttpMessageHandler
{
    public Func<HttpResponseMessage> Answer { get; set; } = () => new HttpResponseMessage();

    public string? Request { get; private set; }

    public string? Body { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Request = $"{request.Method} {request.RequestUri!.AbsoluteUri}";
        Body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        return Answer();
    }
}
