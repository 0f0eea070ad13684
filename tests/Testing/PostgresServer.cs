using System.Diagnostics;

namespace Testing;

/// <summary>
/// A real PostgreSQL server on loopback with nothing in it; see <c>tests/postgres.sh</c>. It ends and is removed with this process
/// even when a test run is killed: the script watches its standard input.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private Process? _process;

    /// <summary>Host, port, user and password; without a database.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>Starts the server and waits until it answers.</summary>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed or does not start; says what to do.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "tests", "postgres.sh"), ["run"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start) ?? throw new InvalidOperationException("tests/postgres.sh was not started.");
        var errors = _process.StandardError.ReadToEndAsync(cancellationToken);
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line == "READY")
            {
                return;
            }

            ConnectionString = line;
        }

        throw new InvalidOperationException(await errors);
    }

    /// <summary>Ends it as a power failure does.</summary>
    public Task KillAsync() => OrderAsync("kill", "KILLED");

    /// <summary>Starts it again after <see cref="KillAsync"/>, at the same address.</summary>
    public Task StartAgainAsync() => OrderAsync("start", "READY");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
    }

    private async Task OrderAsync(string order, string answer)
    {
        await _process!.StandardInput.WriteLineAsync(order);
        await _process.StandardInput.FlushAsync();
        if (await _process.StandardOutput.ReadLineAsync() != answer)
        {
            throw new InvalidOperationException($"tests/postgres.sh did not {order} its server.");
        }
    }
}
