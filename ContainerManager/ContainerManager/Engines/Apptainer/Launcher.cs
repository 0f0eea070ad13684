using System.Diagnostics;
using System.Globalization;
using ContainerManager.Engines.Processes;

namespace ContainerManager.Engines.Apptainer;

/// <summary>
/// Starts commands as the task user. No text of a stranger's ever becomes part of a shell's program: everything is handed
/// over as arguments.
/// </summary>
internal sealed class Launcher(TaskUser? user, string cacheDirectory)
{
    /// <summary>apptainer's helpers, and debootstrap's, are in the administrator's directories too.</summary>
    private const string SearchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private static readonly string[] ProxyVariables =
        ["http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"];

    private readonly string _launchScript = EmbeddedScript.Read("launch.sh");

    /// <summary>The user that commands run as; null where the service is not root and they run as itself.</summary>
    public TaskUser? User => user;

    /// <summary>
    /// Starts a process that outlives this service, in a session and the given cgroups of its own.
    /// </summary>
    /// <param name="log">File that standard output and error are added to.</param>
    /// <param name="record">File that gets the process's identity; null for none.</param>
    /// <param name="joinFiles">Files of cgroups that the process writes its pid to.</param>
    /// <param name="command">apptainer's arguments.</param>
    public Process StartDetached(string log, string? record, IReadOnlyList<string> joinFiles, IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo("setsid") { UseShellExecute = false, WorkingDirectory = "/" };
        Add(start, "sh", "-c", _launchScript, "launch.sh", log, record ?? "", joinFiles.Count.ToString(CultureInfo.InvariantCulture));
        Add(start, [.. joinFiles]);
        AddCommand(start, command);
        return Start(start);
    }

    /// <summary>Starts a process whose output this service reads, and which it ends itself.</summary>
    /// <param name="workingDirectory">Where relative names of the command start.</param>
    /// <param name="temporaryDirectory">For apptainer's own temporary files, which may be as large as the image unpacked.</param>
    /// <param name="command">apptainer's arguments.</param>
    public Process StartAttached(string workingDirectory, string temporaryDirectory, IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo("setsid")
        {
            UseShellExecute = false,
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        // One pipe, so that the lines of both streams keep their order.
        Add(start, "sh", "-c", "exec \"$@\" 2>&1", "sh");
        AddCommand(start, command);
        start.Environment["APPTAINER_TMPDIR"] = temporaryDirectory;
        return Start(start);
    }

    private void AddCommand(ProcessStartInfo start, IReadOnlyList<string> command)
    {
        if (user is not null)
        {
            var uid = user.Uid.ToString(CultureInfo.InvariantCulture);
            var gid = user.Gid.ToString(CultureInfo.InvariantCulture);
            Add(start, "setpriv", "--reuid", uid, "--regid", gid, "--clear-groups");
        }

        Add(start, "apptainer");
        Add(start, [.. command]);
        SetEnvironment(start.Environment);
    }

    private void SetEnvironment(IDictionary<string, string?> environment)
    {
        var proxies = ProxyVariables.Where(environment.ContainsKey).ToDictionary(name => name, name => environment[name]);
        environment.Clear();
        environment["PATH"] = SearchPath;
        environment["LANG"] = "C.UTF-8";
        environment["HOME"] = user?.Home ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        environment["APPTAINER_CONFIGDIR"] = CacheDirectories.Apptainer(cacheDirectory);
        environment["APPTAINER_CACHEDIR"] = Path.Combine(CacheDirectories.Apptainer(cacheDirectory), "cache");
        foreach (var (name, value) in proxies)
        {
            environment[name] = value;
        }
    }

    private static void Add(ProcessStartInfo start, params string[] arguments)
    {
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
    }

    private static Process Start(ProcessStartInfo start) =>
        Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
}
