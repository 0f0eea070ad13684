using System.Diagnostics;

namespace Testing;

/// <summary>
/// OpenStack Swift's S3 API for one test run, by <c>tests/swift.sh</c>. It ends with the test run however that ends: the script
/// watches its standard input.
/// </summary>
public sealed class SwiftServer : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private Process? _process;

    /// <summary>The S3 address.</summary>
    public Uri Endpoint { get; private set; } = new("http://127.0.0.1:1");

    /// <summary>The access key.</summary>
    public string AccessKey { get; private set; } = "";

    /// <summary>File with the secret key, readable by its owner only.</summary>
    public string SecretKeyFile { get; private set; } = "";

    /// <summary>Starts the servers and waits until they answer.</summary>
    /// <exception cref="InvalidOperationException">Swift is not installed or does not start; says what to do.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "tests", "swift.sh"))
        {
            ArgumentList = { "run", _directory.Combine("swift") },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start) ?? throw new InvalidOperationException("tests/swift.sh was not started.");
        var errors = _process.StandardError.ReadToEndAsync(cancellationToken);
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line == "READY")
            {
                return;
            }

            Take(line);
        }

        throw new InvalidOperationException(await errors);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        _directory.Dispose();
    }

    private void Take(string line)
    {
        switch (line.Split('=', 2))
        {
            case ["S3_ENDPOINT", var value]:
                Endpoint = new Uri(value);
                break;
            case ["S3_ACCESS_KEY", var value]:
                AccessKey = value;
                break;
            case ["S3_SECRET_KEY_FILE", var value]:
                SecretKeyFile = value;
                break;
        }
    }
}
