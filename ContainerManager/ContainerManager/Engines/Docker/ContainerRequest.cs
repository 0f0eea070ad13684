using System.Globalization;
using ContainerManager.Engines.Processes;

namespace ContainerManager.Engines.Docker;

/// <summary>What the server is asked for; member names are those of the Engine API.</summary>
internal static class ContainerRequest
{
    private const string Temporary = "/tmp";
    private const string TemporaryOfVar = "/var/tmp";
    private const string Staging = "/staging";
    private const string Script = "/script";
    private const string Slots = "/slots";

    /// <summary>The container, for <c>POST /containers/create</c>.</summary>
    /// <param name="spec">What is wanted.</param>
    /// <param name="files">Its files on the host.</param>
    /// <param name="user">Who its processes are; null for whom this service is.</param>
    /// <param name="volumes">Places that the image wants to be written to; they are empty and cannot be.</param>
    public static object Of(ContainerSpec spec, DockerFiles files, TaskUser? user, IReadOnlyList<string> volumes) => new
    {
        Image = spec.Image.Path,
        Entrypoint = new[] { "/bin/sh", DockerFiles.HoldScriptInside },
        Cmd = Array.Empty<string>(),
        User = user is null ? Own() : string.Create(CultureInfo.InvariantCulture, $"{user.Uid}:{user.Gid}"),
        WorkingDir = "/",
        // A check that the image brings along would run in no cgroup of the platform's.
        Healthcheck = new { Test = new[] { "NONE" } },
        Labels = new Dictionary<string, string> { ["serverless-credit-platform.container"] = spec.ContainerId },
        HostConfig = new
        {
            Mounts = (object[])
            [
                Bind(spec.Workspace.StagingDirectory, Staging, isReadOnly: true),
                Bind(Path.GetDirectoryName(spec.Workspace.ScriptFile)!, Script, isReadOnly: true),
                Bind(files.Slots, Slots, isReadOnly: false),
                Bind(files.Temporary, Temporary, isReadOnly: false),
                Bind(files.TemporaryOfVar, TemporaryOfVar, isReadOnly: false),
                .. volumes.Except([Temporary, TemporaryOfVar, Staging, Script, Slots], StringComparer.Ordinal)
                    .Select(path => new { Type = "tmpfs", Target = path, ReadOnly = true }),
            ],
            NetworkMode = spec.AllowNetwork ? "host" : "none",
            ReadonlyRootfs = true,
            CapDrop = new[] { "ALL" },
            SecurityOpt = new[] { "no-new-privileges" },
            LogConfig = new { Type = "none" },
        },
    };

    private static object Bind(string source, string target, bool isReadOnly) =>
        new { Type = "bind", Source = source, Target = target, ReadOnly = isReadOnly };

    private static string Own()
    {
        var (uid, gid) = NativeMethods.EffectiveIds();
        return string.Create(CultureInfo.InvariantCulture, $"{uid}:{gid}");
    }
}
