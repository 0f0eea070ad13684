using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Testing;

namespace CreditManager.Tests;

public sealed class StopTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Process_AskedToStop_EndsWithoutAComplaint()
    {
        var address = FreeAddress();
        await File.WriteAllTextAsync(
            _directory.Combine("credit.yaml"),
            $"""
            api: {"{"} listen: "{address}", require_token: false {"}"}
            credit: {"{"} database: "{_directory.Combine("credit.db")}" {"}"}
            wallet: {"{"} rpc_user: nobody, rpc_password: nothing {"}"}
            alerts: {"{"} thresholds_grc: [1, 0.5, -0.25] {"}"}
            """);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "CreditManager.dll"), "--config", _directory.Combine("credit.yaml")])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            var (errors, output) = (process.StandardError.ReadToEndAsync(), process.StandardOutput.ReadToEndAsync());
            using var http = new HttpClient();
            await Eventually.HoldsAsync(async () => process.HasExited || await IsHealthyAsync(http, new Uri(address)), TimeSpan.FromSeconds(60));

            await Shell.RunAsync("kill -TERM \"$1\"", process.Id.ToString(CultureInfo.InvariantCulture));
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));

            Assert.Equal((0, ""), (process.ExitCode, await errors));
            await output;
        }
        finally
        {
            process.Kill();
        }
    }

    private static string FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://{listener.LocalEndpoint}";
    }

    private static async Task<bool> IsHealthyAsync(HttpClient http, Uri address)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(address, "health"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
