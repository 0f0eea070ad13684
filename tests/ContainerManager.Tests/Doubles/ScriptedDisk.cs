using ContainerManager.Working;

namespace ContainerManager.Tests.Doubles;

/// <summary>A disk with as much room as a test says.</summary>
internal sealed class ScriptedDisk : IDiskSpace
{
    public long Free { get; set; } = long.MaxValue;

    public long FreeBytes() => Free;
}
