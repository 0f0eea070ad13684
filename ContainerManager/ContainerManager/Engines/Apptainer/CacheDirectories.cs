using ContainerManager.Engines.Runners;

namespace ContainerManager.Engines.Apptainer;

/// <summary>Directories below the engine's cache directory.</summary>
internal static class CacheDirectories
{
    /// <summary>Finished images, by digest; this service's own.</summary>
    public static string Images(string cacheDirectory) => Path.Combine(cacheDirectory, "images");

    /// <summary>Builds under way; the task user's own.</summary>
    public static string Build(string cacheDirectory) => Path.Combine(cacheDirectory, "build");

    /// <summary>What apptainer keeps: records of instances, downloaded layers; the task user's own.</summary>
    public static string Apptainer(string cacheDirectory) => Path.Combine(cacheDirectory, "apptainer");

    /// <summary>Makes the directories, and clears away what a killed predecessor was in the middle of.</summary>
    public static void Prepare(string cacheDirectory, WorkspaceAccess access)
    {
        access.MakePassable(cacheDirectory);
        access.MakePassable(Images(cacheDirectory));
        access.MakeOwned(Apptainer(cacheDirectory));
        if (Directory.Exists(Build(cacheDirectory)))
        {
            Directory.Delete(Build(cacheDirectory), recursive: true);
        }

        access.MakeOwned(Build(cacheDirectory));
        foreach (var half in Directory.EnumerateFiles(Images(cacheDirectory), "*.part"))
        {
            File.Delete(half);
        }
    }
}
