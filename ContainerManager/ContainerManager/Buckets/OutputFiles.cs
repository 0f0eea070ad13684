using System.IO.Enumeration;

namespace ContainerManager.Buckets;

/// <summary>What a script wrote.</summary>
internal static class OutputFiles
{
    /// <summary>Paths below the directory of every entry that is no directory; links to directories are entries of their own here.</summary>
    public static FileSystemEnumerable<string> Walk(string directory) =>
        new(directory, (ref FileSystemEntry entry) => Path.GetRelativePath(directory, entry.ToFullPath()), new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = 0,
            IgnoreInaccessible = true,
        })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory || IsLink(ref entry),
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !IsLink(ref entry),
        };

    private static bool IsLink(ref FileSystemEntry entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
}
