using ContainerManager.Files;

namespace ContainerManager.Stores.FileSystem;

/// <summary>The move of one file that is known by its version.</summary>
/// <param name="source">Where it is.</param>
/// <param name="version">The version that is meant.</param>
internal sealed class ObjectMove(FileLocation source, string version)
{
    /// <summary>Renames the file; false where another one had taken its place at the last moment, which then is where it was.</summary>
    public async Task<bool> ToAsync(BucketDirectory bucket, string targetKey, CancellationToken cancellationToken)
    {
        var moved = true;
        await bucket.PlaceAsync(targetKey, async target =>
        {
            if (source.TryStat() is not { } before)
            {
                moved = false;
                return default;
            }

            try
            {
                source.Directory.Rename(source.Name, target.Directory, target.Name);
            }
            catch (SystemCallException e) when (e.Error == ErrorNumber.OtherDevice)
            {
                moved = await CopyAsync(target, cancellationToken);
                return before;
            }

            moved = target.TryStat()?.Version == version || !TakeBack(target);
            return before;
        });
        bucket.Prune(source.Path);
        return moved;
    }

    /// <summary>Returns the wrong file, unless one that is newer still has come: then nobody wants it any more.</summary>
    private bool TakeBack(FileLocation target)
    {
        if (!target.Directory.TryRenameAside(target.Name, source.Directory, source.Name))
        {
            target.Directory.Remove(target.Name);
        }

        return true;
    }

    /// <summary>For a directory in the bucket that is a mount of another file system.</summary>
    private async Task<bool> CopyAsync(FileLocation target, CancellationToken cancellationToken)
    {
        using var file = source.Directory.TryOpenFile(source.Name);
        if (file is null)
        {
            return false;
        }

        await using var content = new FileStream(file, FileAccess.Read);
        using var incoming = IncomingFile.Create(source.Bucket);
        await incoming.WriteAsync(content, cancellationToken);
        if (source.TryStat()?.Version != version)
        {
            return false;
        }

        await incoming.InstallAsync(target, replaced: null, cancellationToken);
        return source.Directory.Remove(source.Name);
    }
}
