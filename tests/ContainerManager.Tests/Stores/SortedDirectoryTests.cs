using ContainerManager.Stores;
using ContainerManager.Stores.FileSystem;

namespace ContainerManager.Tests.Stores;

public sealed class SortedDirectoryTests
{
    [Fact]
    public void Walk_FilesAndDirectories_AreInTheOrderOfTheirKeys()
    {
        (string Name, bool IsDirectory)[] names =
        [
            ("b", false), ("a", true), ("a.txt", false), ("a-b", true), ("%scp=a", false), ("%scp+c", true), ("ä", false), ("z", true), ("z0", false),
            ("z.", false), ("%scp+z", true), ("😀", false), ("\uffee", false), ("%scp>" + new string('p', 250), true), ("pp", false), ("%", false),
        ];

        var walked = Walk(names);

        Assert.Equal(names.Select(n => Key(n.Name, n.IsDirectory)).Order(ObjectNames.Utf8Order), walked.Select(w => w.Key));
        Assert.Equal(names.Order(), walked.Select(w => (w.Name, w.IsDirectory)).Order());
        Assert.All(walked, w => Assert.Equal(Key(w.Name, w.IsDirectory), w.Key));
    }

    [Fact]
    public void Walk_ManyNames_GivesEachOnce()
    {
        var random = new Random(7);
        var names = Enumerable.Range(0, 20_000).Select(i => (Name: $"{random.Next(1_000_000)}-é-{i}", IsDirectory: i % 50 == 0)).ToList();

        var walked = Walk(names);

        Assert.Equal(names.Select(n => Key(n.Name, n.IsDirectory)).Order(ObjectNames.Utf8Order), walked.Select(w => w.Key));
    }

    [Fact]
    public void Walk_NothingInIt_EndsAtOnce() => Assert.Empty(Walk([]));

    private static string Key(string name, bool isDirectory) => "in/" + FileNames.Decode(name, isDirectory);

    private static List<(string Key, string Name, bool IsDirectory)> Walk(IEnumerable<(string Name, bool IsDirectory)> names)
    {
        using var directory = new SortedDirectory("in/", BucketPath.Root);
        foreach (var (name, isDirectory) in names)
        {
            directory.Add(name, isDirectory, FileNames.Decode(name, isDirectory));
        }

        directory.Sort();
        var walked = new List<(string, string, bool)>();
        while (directory.MoveNext())
        {
            walked.Add((directory.Key, directory.Name, directory.IsDirectory));
        }

        return walked;
    }
}
