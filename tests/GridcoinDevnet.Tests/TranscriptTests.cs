using System.Text.Json;
using System.Text.RegularExpressions;

namespace GridcoinDevnet.Tests;

/// <summary>Replays the requests recorded with the real daemon, in their order, and compares status, content type and body.</summary>
public sealed partial class TranscriptTests
{
    [Fact]
    public async Task Answer_RecordedRequests_AreAsRecorded()
    {
        await using var devnet = await RunningDevnet.StartAsync();
        // The recording began with 4 GRC moved to user0, who had an address.
        await devnet.CallAsync("getaccountaddress", """["user0"]""");
        await devnet.MoveAsync("sink", "user0", "4");
        using var transcript = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine("Fixtures", "rpc-transcript.json")));
        string? recordedAddress = null, ownAddress = null;

        foreach (var exchange in transcript.RootElement.GetProperty("exchanges").EnumerateArray())
        {
            var note = exchange.GetProperty("note").GetString()!;
            var body = exchange.TryGetProperty("request_raw", out var raw) ? raw.GetString()! : exchange.GetProperty("request").GetRawText();
            body = ownAddress is null ? body : body.Replace(recordedAddress!, ownAddress, StringComparison.Ordinal);
            using var http = note switch
            {
                "wrong password" => devnet.Client(RunningDevnet.User, "wrong"),
                "no credentials" => new HttpClient { BaseAddress = devnet.Address },
                _ => devnet.Client(RunningDevnet.User, RunningDevnet.Password),
            };
            using var answer = await http.PostAsync("/", new StringContent(body));
            var (recorded, own) = (exchange.GetProperty("response").GetString()!, await answer.Content.ReadAsStringAsync());
            recordedAddress ??= AddressIn(recorded);
            ownAddress ??= AddressIn(own);

            Assert.True(exchange.GetProperty("status").GetInt32() == (int)answer.StatusCode, $"{note}: {answer.StatusCode}: {own}");
            Assert.Equal(exchange.GetProperty("content_type").GetString(), answer.Content.Headers.ContentType?.ToString());
            Assert.True(Normalise(recorded) == Normalise(own), $"{note}:\n{Normalise(recorded)}\n{Normalise(own)}");
        }

        Assert.NotNull(recordedAddress);
    }

    private static string? AddressIn(string text) => Address().Match(text) is { Success: true } match ? match.Value : null;

    /// <summary>Blanks what must differ between two wallets: addresses, keys, the block hash, times and the uptime. Nothing else.</summary>
    private static string Normalise(string text)
    {
        text = Address().Replace(text, "ADDRESS");
        text = KeyOrHash().Replace(text, "\"$1\":\"HEX\"");
        return TimeOrUptime().Replace(text, "\"$1\":0");
    }

    [GeneratedRegex("[mn][1-9A-HJ-NP-Za-km-z]{33}")]
    private static partial Regex Address();

    [GeneratedRegex("\"(pubkey|masterkeyid|hdmasterkeyid|lastblock)\":\"[0-9a-f]+\"")]
    private static partial Regex KeyOrHash();

    [GeneratedRegex("\"(time|uptime|keypoololdest)\":[0-9]+")]
    private static partial Regex TimeOrUptime();
}
