using System.Diagnostics;

namespace Testing;

/// <summary>
/// Small images made from this machine's own programs, without a network. Built once and kept in the user's cache
/// directory, outside the repository, for later runs.
/// </summary>
public static class TestImages
{
    // Part of the file's name: raise it when the content below changes.
    private const string Version = "2";

    private static readonly string[] Tools =
    [
        "basename", "cat", "chmod", "cp", "date", "dd", "dirname", "env", "grep", "head", "id", "ln", "ls", "mkdir", "mkfifo", "mv", "readlink", "rm", "sed", "seq",
        "setsid", "sha256sum", "sleep", "sort", "stat", "tail", "timeout", "touch", "tr", "truncate", "wc",
    ];

    /// <summary>bash, sh and the everyday tools; for Apptainer.</summary>
    public static Task<string> WithBashAsync() => ImageFileAsync(TestImage.WithBash);

    /// <summary>The path of an image for Apptainer.</summary>
    public static Task<string> ImageFileAsync(TestImage image) =>
        GetAsync(image, ".sif", (root, file) => RunAsync("apptainer", "--silent", "build", file, root));

    /// <summary>The path of a tar archive of an image's files.</summary>
    public static Task<string> ArchiveAsync(TestImage image) =>
        GetAsync(image, ".tar", (root, file) => RunAsync("tar", "--owner=0", "--group=0", "-C", root, "-cf", file, "."));

    private static IReadOnlyList<(string Program, string As)> ProgramsOf(TestImage image) => image switch
    {
        TestImage.WithBash => [("sh", "sh"), ("bash", "bash"), .. Tools.Select(t => (t, t))],
        TestImage.WithoutBash => [("sh", "sh"), .. Tools.Select(t => (t, t))],
        _ => [("sleep", "sleep")],
    };

    private static async Task<string> GetAsync(TestImage kind, string extension, Func<string, string, Task> make)
    {
        var cache = Path.Combine(CacheDirectory, "test-images");
        var image = Path.Combine(cache, $"{kind}-{Version}{extension}".ToLowerInvariant());
        if (!File.Exists(image))
        {
            Directory.CreateDirectory(cache);
            using var temp = new TempDirectory();
            foreach (var directory in new[] { "bin", "etc", "tmp", "var/tmp", "proc", "sys", "dev" })
            {
                Directory.CreateDirectory(temp.Combine("root", directory));
            }

            foreach (var (program, target) in ProgramsOf(kind))
            {
                await AddAsync(temp.Combine("root"), program, target);
            }

            var part = Path.Combine(cache, Path.GetRandomFileName() + extension);
            await make(temp.Combine("root"), part);
            File.Move(part, image, overwrite: true);
        }

        return image;
    }

    private static string CacheDirectory =>
        Path.Combine(
            Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
                ? cache
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
            "serverless-credit-platform");

    private static async Task AddAsync(string root, string program, string target)
    {
        var source = Environment.GetEnvironmentVariable("PATH")!.Split(':')
            .Select(directory => Path.Combine(directory, program))
            .First(File.Exists);
        File.Copy(Resolve(source), Path.Combine(root, "bin", target), overwrite: true);
        var libraries = await RunAsync("ldd", source);
        foreach (var library in libraries.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => word.StartsWith('/')))
        {
            var copy = root + library;
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Resolve(library), copy, overwrite: true);
        }
    }

    private static string Resolve(string path) =>
        new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;

    private static async Task<string> RunAsync(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{command} {string.Join(' ', arguments)}: {await errors}");
    }
}
