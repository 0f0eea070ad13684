using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Testing;

/// <summary>A Docker server of the tests' own: its socket, images and containers are in a directory that goes with it.</summary>
public sealed class DockerDaemon : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly ConcurrentDictionary<TestImage, Lazy<Task<string>>> _images = new();
    private Process? _process;

    /// <summary>Path of its socket.</summary>
    public string Socket => _directory.Combine("docker.sock");

    /// <summary>Starts it, and waits until it answers.</summary>
    public async Task StartAsync()
    {
        _process = Process.Start(new ProcessStartInfo("sh", [
            "-c", "exec dockerd \"$@\" >\"$0\" 2>&1", _directory.Combine("log"),
            "--host", "unix://" + Socket, "--data-root", _directory.Combine("data"), "--exec-root", _directory.Combine("exec"),
            "--pidfile", _directory.Combine("pid"), "--iptables=false", "--ip6tables=false", "--bridge=none",
        ])) ?? throw new InvalidOperationException("dockerd did not start.");
        await Eventually.HoldsAsync(AnswersAsync, TimeSpan.FromSeconds(60));
    }

    /// <summary>Makes an image known to the server.</summary>
    /// <returns>Its name there.</returns>
    public Task<string> ImportAsync(TestImage image) =>
        _images.GetOrAdd(image, key => new Lazy<Task<string>>(() => ImportOnceAsync(key))).Value;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false } process)
        {
            // Asked to end, it ends its containers and its own helpers, and unmounts nearly everything that it has mounted.
            using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            await kill.WaitForExitAsync();
            await process.WaitForExitAsync();
        }

        _process?.Dispose();
        await UnmountAsync();
        _directory.Dispose();
    }

    private async Task UnmountAsync()
    {
        var mounts = await File.ReadAllLinesAsync("/proc/self/mounts");
        foreach (var point in mounts.Select(m => m.Split(' ')[1]).Where(p => p.StartsWith(_directory.Path + "/", StringComparison.Ordinal)).Reverse())
        {
            using var unmount = Process.Start("umount", [point]);
            await unmount.WaitForExitAsync();
        }
    }

    private async Task<string> ImportOnceAsync(TestImage image)
    {
        var name = $"scp-test/{image.ToString().ToLowerInvariant()}";
        await using var archive = File.OpenRead(await TestImages.ArchiveAsync(image));
        using var body = new StreamContent(archive);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/x-tar");
        using var server = Connect();
        using var answer = await server.PostAsync($"images/create?fromSrc=-&repo={name}&tag=1", body);
        var report = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
        return report.Contains("\"error\"", StringComparison.Ordinal) ? throw new InvalidOperationException(report) : name + ":1";
    }

    private async Task<bool> AnswersAsync()
    {
        if (_process!.HasExited)
        {
            throw new InvalidOperationException("dockerd ended: " + await File.ReadAllTextAsync(_directory.Combine("log")));
        }

        using var server = Connect();
        try
        {
            using var answer = await server.GetAsync("info");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private HttpClient Connect() => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellationToken) =>
        {
            var connection = new System.Net.Sockets.Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await connection.ConnectAsync(new UnixDomainSocketEndPoint(Socket), cancellationToken);
            return new NetworkStream(connection, ownsSocket: true);
        },
    })
    {
        BaseAddress = new Uri("http://docker/"),
    };
}
