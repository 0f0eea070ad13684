using ContainerManager.Engines.Processes;

namespace ContainerManager.Engines.Docker;

/// <summary>
/// What this service writes down of its containers: one file each. It is there before the server is asked for a container and goes after
/// that is removed, so that whatever was begun is known after a restart, and what runs is known without the server.
/// </summary>
internal sealed class DockerRecords
{
    private readonly string _directory;

    public DockerRecords(string cacheDirectory)
    {
        _directory = Path.Combine(cacheDirectory, "docker");
        Directory.CreateDirectory(_directory);
    }

    /// <summary>The containers that run now.</summary>
    public IEnumerable<DockerContainer> List() =>
        from file in Directory.EnumerateFiles(_directory)
        where !file.EndsWith(".new", StringComparison.Ordinal)
        let container = Find(Path.GetFileName(file))
        where container is not null
        select container;

    /// <summary>The container that runs under that id; null where none does.</summary>
    public DockerContainer? Find(string containerId) =>
        ProcessIdentity.ReadRecord(At(containerId)) is { IsAlive: true } init ? new DockerContainer(containerId, init) : null;

    /// <summary>Whether anything was ever begun under that id.</summary>
    public bool Knows(string containerId) => File.Exists(At(containerId));

    /// <summary>A container is about to be made.</summary>
    public void Begin(string containerId) => File.WriteAllText(At(containerId), "");

    /// <summary>It runs.</summary>
    public void Complete(DockerContainer container) => container.Init.WriteRecord(At(container.ContainerId));

    /// <summary>It is gone.</summary>
    public void Remove(string containerId) => File.Delete(At(containerId));

    private string At(string containerId) => Path.Combine(_directory, containerId);
}
