using System.Text.Json;

namespace ContainerManager.Engines.Apptainer;

/// <summary>
/// What apptainer itself writes down of its instances: one JSON file each below <c>instances/app/HOST/USER/NAME</c> of its
/// configuration directory, which is this service's own. So whatever runs is known after a restart, and no instance of
/// anybody else is.
/// </summary>
internal sealed class InstanceRecords(string cacheDirectory)
{
    private string Root => Path.Combine(CacheDirectories.Apptainer(cacheDirectory), "instances");

    /// <summary>The instances that run now.</summary>
    public IEnumerable<Instance> List() =>
        from directory in Directories("app", "*")
        let instance = Read(Path.GetFileName(directory))
        where instance is not null && instance.IsAlive
        select instance;

    /// <summary>The instance of that name that runs now; null where none does.</summary>
    public Instance? Find(string containerId) => Read(containerId) is { IsAlive: true } instance ? instance : null;

    /// <summary>Forgets an instance whose processes are gone.</summary>
    public void Remove(string containerId)
    {
        foreach (var directory in Directories("app", containerId))
        {
            Directory.Delete(directory, recursive: true);
        }

        foreach (var log in Logs(containerId))
        {
            File.Delete(log);
        }
    }

    /// <summary>What a container's own start script said; apptainer keeps it in files.</summary>
    public IEnumerable<string> Logs(string containerId) =>
        UserDirectories("logs").SelectMany(user => Directory.EnumerateFiles(user, containerId + ".*"));

    private Instance? Read(string containerId) =>
        Directories("app", containerId)
            .Select(directory => Path.Combine(directory, containerId + ".json"))
            .Where(File.Exists)
            .Select(file => Parse(containerId, file))
            .FirstOrDefault();

    private static Instance? Parse(string containerId, string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            using var json = JsonDocument.Parse(stream);
            var pid = json.RootElement.GetProperty("pid").GetInt32();
            return new Instance(containerId, pid, json.RootElement.GetProperty("ppid").GetInt32());
        }
        catch (Exception e) when (e is IOException or JsonException or KeyNotFoundException)
        {
            // Being written or removed by apptainer in this moment: not running yet, or not any more.
            return null;
        }
    }

    private IEnumerable<string> Directories(string kind, string name) =>
        UserDirectories(kind).SelectMany(user => Directory.EnumerateDirectories(user, name));

    private IEnumerable<string> UserDirectories(string kind)
    {
        var root = Path.Combine(Root, kind);
        return Directory.Exists(root)
            ? Directory.EnumerateDirectories(root).SelectMany(Directory.EnumerateDirectories)
            : [];
    }
}
