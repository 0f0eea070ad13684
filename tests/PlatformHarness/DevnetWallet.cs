using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace PlatformHarness;

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

    /// <summary>All moves of an account, the oldest first.</summary>
    public async Task<IReadOnlyList<(string Comment, decimal Grc)>> ListMovesAsync(string account)
    {
        var entries = await CallAsync("listtransactions", JsonSerializer.Serialize(account), "10000000", "0");
        return
        [
            .. entries.EnumerateArray().Where(e => e.GetProperty("category").GetString() == "move")
                .Select(e => (e.TryGetProperty("comment", out var comment) ? comment.GetString()! : "", e.GetProperty("amount").GetDecimal())),
        ];
    }

    /// <summary>How many calls it has dealt with, of all methods; nothing of them is remembered afterwards.</summary>
    public async Task<long> TakeCallsAsync()
    {
        using var figures = await _http.GetFromJsonAsync<JsonDocument>("/calls");
        using var answer = await _http.DeleteAsync(new Uri("/calls", UriKind.Relative));
        answer.EnsureSuccessStatusCode();
        return figures!.RootElement.GetProperty("finished").EnumerateObject().Sum(m => m.Value.GetInt64());
    }

    /// <summary>Makes the wallet misbehave; see the fault endpoints of the development wallet.</summary>
    public async Task BreakAsync(object fault)
    {
        using var answer = await _http.PostAsJsonAsync("/faults", fault);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Makes the wallet behave.</summary>
    public async Task MendAsync()
    {
        using var answer = await _http.DeleteAsync(new Uri("/faults", UriKind.Relative));
        answer.EnsureSuccessStatusCode();
    }

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
