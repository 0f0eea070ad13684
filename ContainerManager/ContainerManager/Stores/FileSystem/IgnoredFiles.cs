using System.Collections.Concurrent;
using ContainerManager.Files;

namespace ContainerManager.Stores.FileSystem;

/// <summary>Files that cannot be objects; each is named in the log once, so that nobody waits for them in vain.</summary>
internal sealed partial class IgnoredFiles(ILogger logger)
{
    // Enough to see what is wrong; a bucket full of such files must not fill memory and log.
    private const int MaxReported = 1000;

    private readonly ConcurrentDictionary<string, bool> _reported = new(StringComparer.Ordinal);

    public void Report(string bucket, BucketPath path, DirectoryEntry entry)
    {
        var directory = string.Join('/', path.Names.Prepend(bucket));
        var reason = entry switch
        {
            { Name: null } => "its name is not UTF-8",
            { Type: EntryType.Regular or EntryType.Directory } => "its path is longer than a key can be",
            _ => "it is a symbolic link, pipe, socket or device",
        };
        if (_reported.Count < MaxReported && _reported.TryAdd($"{directory}\0{entry.Name}\0{reason}", true))
        {
            Ignored(ObjectNames.Quote(directory), entry.Name is null ? "(unreadable)" : ObjectNames.Quote(entry.Name), reason);
        }
    }
}
