namespace ContainerManager.Working;

/// <summary>How much room task files have on the node's disk.</summary>
internal interface IDiskSpace
{
    /// <summary>Bytes, the reserve already taken off; at least 0.</summary>
    long FreeBytes();
}

/// <inheritdoc/>
internal sealed class DiskSpace(ManagerOptions options) : IDiskSpace
{
    /// <inheritdoc/>
    public long FreeBytes() => Math.Max(0, new DriveInfo(Path.GetFullPath(options.WorkDirectory!)).AvailableFreeSpace - options.DiskReserve);
}
