using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace EndToEnd.Tests;

/// <summary>The development wallet as its owner uses it: plain JSON-RPC, none of the platform's code.</summary>
internal sealed class DevnetWallet : IDisposable
{
    private readonly HttpClient _http;

    public DevnetWallet(Uri address, string user, string password)
    {
        _http = new HttpClient { BaseAddress = address };
        _http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
    }

    public Task MoveAsync(string from, string to, decimal grc) =>
        CallAsync("move", JsonSerializer.Serialize(from), JsonSerializer.Serialize(to), grc.ToString(CultureInfo.InvariantCulture));

    public async Task<decimal> BalanceAsync(string account) =>
        (await CallAsync("getbalance", JsonSerializer.Serialize(account))).GetDecimal();

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> CallAsync(string method, params string[] parameters)
    {
        using var content = new StringContent($$"""{"id":1,"method":"{{method}}","params":[{{string.Join(',', parameters)}}]}""");
        using var answer = await _http.PostAsync("/", content);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonDocument.Parse(text).RootElement.GetProperty("result")
            : throw new InvalidOperationException($"{method}: {text}");
    }
}
