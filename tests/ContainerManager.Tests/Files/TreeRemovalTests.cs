using System.Diagnostics;
using ContainerManager.Files;
using Testing;

namespace ContainerManager.Tests.Files;

public sealed class TreeRemovalTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public TreeRemovalTests() => Directory.CreateDirectory(Tree);

    private string Tree => _directory.Combine("tree");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("for (1 .. 3000) { mkdir 'd'; chdir 'd' } open(my $f, '>', 'file')")]
    [InlineData("open(my $f, '>', \"not \\xff\\xfe UTF-8\"); mkdir \"\\xc3\"; open(my $g, '>', \"\\xc3/-rf\\n\")")]
    [InlineData("for (1 .. 2000) { open(my $f, '>', \"file $_\") } mkdir 'locked'; chmod 0, 'locked'")]
    public async Task RemoveAsync_WhateverIsInIt_NothingIsLeft(string perl)
    {
        using (var made = Process.Start(new ProcessStartInfo("perl", ["-e", perl]) { WorkingDirectory = Tree })!)
        {
            await made.WaitForExitAsync();
        }

        await TreeRemoval.RemoveAsync(Tree);

        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory.Path));
    }

    [Fact]
    public async Task RemoveAsync_Links_WhatTheyPointToStays()
    {
        Directory.CreateDirectory(_directory.Combine("outside"));
        await File.WriteAllTextAsync(_directory.Combine("outside", "file"), "");
        Directory.CreateSymbolicLink(_directory.Combine("tree", "link"), _directory.Combine("outside"));

        await TreeRemoval.RemoveAsync(Tree);

        Assert.True(File.Exists(_directory.Combine("outside", "file")));
        Assert.False(Directory.Exists(Tree));
    }

    [Fact]
    public async Task RemoveAsync_NotThere_IsNoError() => await TreeRemoval.RemoveAsync(_directory.Combine("nothing"));

    [Fact]
    public async Task RemoveAsync_CannotGo_SaysWhy()
    {
        var error = await Assert.ThrowsAsync<IOException>(() => TreeRemoval.RemoveAsync("/proc/version"));

        Assert.StartsWith("/proc/version cannot be removed: rm: cannot remove '/proc/version'", error.Message, StringComparison.Ordinal);
    }
}
