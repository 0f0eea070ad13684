using Scaler.Cgroups;
using Scaler.Tests.Service;
using Testing;

namespace Scaler.Tests.Cgroups;

public sealed class OpenFilesTests
{
    [Fact]
    public void Read_ContentChanges_IsAlwaysThePresentOne()
    {
        using var directory = new TempDirectory();
        using var files = new OpenFiles();
        var path = directory.Combine("cpu.stat");

        foreach (var text in (string[])["nr_throttled 1\n", "nr_throttled 22\n", "nr_throttled 3\n"])
        {
            File.WriteAllText(path, text);
            Assert.Equal(text, files.Read(path));
        }
    }

    [Fact]
    public void Read_NotThere_IsToldAsMissing()
    {
        using var directory = new TempDirectory();
        using var files = new OpenFiles();

        Assert.Throws<FileNotFoundException>(() => files.Read(directory.Combine("none")));
        Assert.Throws<FileNotFoundException>(() => files.Read(directory.Combine("no/such/directory")));
    }

    [Theory]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(20_000)]
    public void Read_Long_IsWhole(int length)
    {
        using var directory = new TempDirectory();
        using var files = new OpenFiles();
        var path = directory.Combine("long");
        File.WriteAllText(path, new string('x', length));

        Assert.Equal([length, length], [files.Read(path).Length, files.Read(path).Length]);
        File.AppendAllText(path, new string('y', 5000));
        Assert.Equal(length + 5000, files.Read(path).Length);
    }

    /// <summary>On the real kernel: a cgroup that was removed under an open file, and one made anew in its place.</summary>
    [Fact]
    public async Task Read_CgroupRemovedAndMadeAnew_IsMissingAndThenTheNewOne()
    {
        await using var cgroups = new TestCgroups();
        cgroups.Driver.Create($"{cgroups.Parent}/c1", []);
        using var files = new OpenFiles();
        var path = cgroups.FindFile("c1", "cpu.stat");
        Assert.Contains("nr_throttled", files.Read(path), StringComparison.Ordinal);
        Assert.Contains("nr_throttled", files.Read(path), StringComparison.Ordinal);

        cgroups.Driver.Remove($"{cgroups.Parent}/c1");
        Assert.Throws<FileNotFoundException>(() => files.Read(path));

        cgroups.Driver.Create($"{cgroups.Parent}/c1", []);
        Assert.Contains("nr_throttled", files.Read(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Close_Directory_LetsGoOfItsFiles()
    {
        using var directory = new TempDirectory();
        using var files = new OpenFiles();
        var path = directory.Combine("cpu.stat");
        File.WriteAllText(path, "a\n");
        Assert.Equal(["a\n", "a\n"], [files.Read(path), files.Read(path)]);
        Assert.Contains(path, Open());

        files.Close(directory.Combine(""));

        Assert.DoesNotContain(path, Open());
    }

    private static IEnumerable<string?> Open() => Directory.EnumerateFileSystemEntries("/proc/self/fd").Select(fd => new FileInfo(fd).LinkTarget);
}
