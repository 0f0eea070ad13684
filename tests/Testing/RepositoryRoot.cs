namespace Testing;

/// <summary>Where the repository is, for tests that run its scripts.</summary>
public static class RepositoryRoot
{
    /// <summary>The directory that holds the solution file.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(directory.FullName, "ServerlessCreditPlatform.sln")))
            {
                return directory.FullName;
            }
        }

        throw new InvalidOperationException($"no solution file above {AppContext.BaseDirectory}");
    }
}
