using Scaler.Cgroups;
using Testing;

namespace Scaler.Tests.Cgroups;

public sealed class CgroupFilesTests : IDisposable
{
    private readonly CgroupFiles _files = new();
    private readonly TempDirectory _directory = new();

    public void Dispose()
    {
        _files.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void ListDirectories_OnlyFiles_IsEmpty()
    {
        File.WriteAllText(_directory.Combine("cgroup.procs"), "");

        Assert.Empty(_files.ListDirectories(_directory.Path));
    }

    [Fact]
    public void ListDirectories_Several_AreInOrderAndWithoutFiles()
    {
        File.WriteAllText(_directory.Combine("cgroup.procs"), "");
        Directory.CreateDirectory(_directory.Combine("slot1"));
        Directory.CreateDirectory(_directory.Combine("slot0"));

        Assert.Equal(["slot0", "slot1"], _files.ListDirectories(_directory.Path));
    }

    [Fact]
    public void ListDirectories_NotThere_IsEmpty() => Assert.Empty(_files.ListDirectories(_directory.Combine("gone")));
}
