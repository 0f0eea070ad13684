using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using GridcoinDevnet.Testing;
using GridcoinDevnet.Wallet;
using Microsoft.AspNetCore.Builder;
using ServiceDefaults;
using ServiceDefaults.Client;
using Testing;

namespace GridcoinDevnet.Tests;

/// <summary>The development wallet in this process, on a port of its own; it can be stopped and started again.</summary>
internal sealed class RunningDevnet : IAsyncDisposable
{
    public const string User = "devnet-user";
    public const string Password = "devnet-password-0123456789";

    private readonly TempDirectory _directory = new();
    private WebApplication? _app;

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    public string StateDirectory => _directory.Combine("wallet");

    public string CredentialsFile => _directory.Combine("wallet.credentials");

    public HttpClient Http { get; private set; } = new();

    public static async Task<RunningDevnet> StartAsync()
    {
        var devnet = new RunningDevnet();
        WriteCredentials(devnet.CredentialsFile, User, Password);
        await devnet.StartAgainAsync();
        return devnet;
    }

    public static void WriteCredentials(string path, string user, string password)
    {
        File.WriteAllText(path, $"rpcuser={user}\nrpcpassword={password}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public async Task StartAgainAsync()
    {
        _app = DevnetService.Build(PlatformConfiguration.FromValues(new Dictionary<string, string?>
        {
            ["devnet:listen"] = Address.ToString(),
            ["devnet:state_directory"] = StateDirectory,
            ["devnet:credentials_file"] = CredentialsFile,
            ["devnet:test_endpoints"] = "true",
        }));
        await _app.StartAsync();
        Address = new Uri(_app.Urls.Single());
        Http.Dispose();
        Http = Client(User, Password);
    }

    public async Task StopAsync()
    {
        if (_app is { } app)
        {
            _app = null;
            using var now = new CancellationTokenSource();
            await now.CancelAsync();
            await app.StopAsync(now.Token);
            await app.DisposeAsync();
        }
    }

    /// <summary>While it is stopped: as if so many moves of a halford had been made, each with its number from 0 as the comment.</summary>
    public Task AddMovesAsync(string from, string to, int count) => File.AppendAllLinesAsync(
        Path.Combine(StateDirectory, "wallet.journal"),
        Enumerable.Range(0, count).Select(i => JsonSerializer.Serialize<JournalRecord>(new Moved(from, to, 1, $"{i}", 1_795_187_612), ApiJson.Tolerant)));

    public HttpClient Client(string user, string password)
    {
        var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(30) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        return http;
    }

    public Task<HttpResponseMessage> PostAsync(string body) => Http.PostAsync("/", new StringContent(body));

    /// <summary>One call; the answer's text.</summary>
    public async Task<string> CallAsync(string method, string parameters = "[]")
    {
        using var response = await PostAsync($$"""{"id":1,"method":"{{method}}","params":{{parameters}}}""");
        return await response.Content.ReadAsStringAsync();
    }

    public Task MoveAsync(string from, string to, string amount, string comment = "by hand") =>
        CallAsync("move", $"""["{from}","{to}",{amount},1,"{comment}"]""");

    public async Task FaultAsync(Fault fault)
    {
        using var response = await Http.PostAsJsonAsync("/faults", fault, ApiJson.Tolerant);
        response.EnsureSuccessStatusCode();
    }

    public async Task<string> DepositAsync(string account, long halfords, int confirmations)
    {
        using var response = await Http.PostAsJsonAsync("/chain/deposits", new ChainDeposit(account, halfords, confirmations), ApiJson.Tolerant);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<ChainTransaction>(ApiJson.Tolerant))!.TxId;
    }

    public async Task ConfirmAsync(string txId, int confirmations)
    {
        using var response = await Http.PutAsJsonAsync("/chain/transactions", new ChainTransaction(txId, confirmations), ApiJson.Tolerant);
        response.EnsureSuccessStatusCode();
    }

    public async Task<CallFigures> CallsAsync() => (await Http.GetFromJsonAsync<CallFigures>("/calls", ApiJson.Tolerant))!;

    public async Task ForgetCallsAsync()
    {
        using var response = await Http.DeleteAsync("/calls");
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Forgets the faults that are left.</summary>
    public async Task MendAsync()
    {
        using var response = await Http.DeleteAsync("/faults");
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Waits for calls that are still being dealt with, also of callers who are gone.</summary>
    public Task FallQuietAsync() => Eventually.HoldsAsync(async () => (await CallsAsync()).Running == 0);

    /// <summary>The process dies and another one starts on the same journal and port.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAgainAsync();
    }

    /// <summary>Balance of an account in halfords.</summary>
    public async Task<long> BalanceAsync(string account)
    {
        using var answer = JsonDocument.Parse(await CallAsync("getbalance", $"[\"{account}\"]"));
        return (long)(answer.RootElement.GetProperty("result").GetDecimal() * 100_000_000);
    }

    /// <summary>Comments of an account's entries, the oldest first.</summary>
    public async Task<IReadOnlyList<string>> CommentsAsync(string account, int count = 1_000_000, int skip = 0)
    {
        using var answer = JsonDocument.Parse(await CallAsync("listtransactions", $"[\"{account}\",{count},{skip}]"));
        return [.. answer.RootElement.GetProperty("result").EnumerateArray().Select(e => e.TryGetProperty("comment", out var c) ? c.GetString()! : "")];
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Http.Dispose();
        _directory.Dispose();
    }
}
