namespace Testing;

/// <summary>Files of this repository.</summary>
public static class Repository
{
    /// <summary>Its root: the directory above the tests' programs that holds the solution.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string directory) =>
        File.Exists(Path.Combine(directory, "ServerlessCreditPlatform.sln"))
            ? directory
            : Find(Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("The tests do not run below the repository."));
}
