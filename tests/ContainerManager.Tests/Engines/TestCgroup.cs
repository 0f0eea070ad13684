using Testing;

namespace ContainerManager.Tests.Engines;

/// <summary>A cgroup of a test's own on the real kernel, in every hierarchy that matters; removed with what is in it.</summary>
internal sealed class TestCgroup : IAsyncDisposable
{
    private const string Root = "/sys/fs/cgroup";
    private static readonly string[] Controllers = ["cpuacct", "pids", "freezer"];

    private readonly IReadOnlyList<string> _directories;

    public TestCgroup()
    {
        var name = "scp-engine-test-" + Guid.NewGuid().ToString("N")[..10];
        var parents = File.Exists(Path.Combine(Root, "cgroup.controllers"))
            ? [Root]
            : Controllers.Select(controller => Path.Combine(Root, controller));
        _directories = [.. parents.Select(parent => Directory.CreateDirectory(Path.Combine(parent, name)).FullName)];
        Name = name;
    }

    public string Name { get; }

    public IReadOnlyList<string> JoinFiles => [.. _directories.Select(directory => Path.Combine(directory, "cgroup.procs"))];

    public IReadOnlyList<string> Processes => File.ReadAllLines(JoinFiles[0]);

    public async ValueTask DisposeAsync()
    {
        await Eventually.HoldsAsync(() => Processes.Count == 0);
        foreach (var directory in _directories)
        {
            Directory.Delete(directory);
        }
    }
}
