using System.Diagnostics;
using ContainerManager.Files;
using Testing;

namespace ContainerManager.Tests.Files;

public sealed class SafeFileTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public SafeFileTests()
    {
        Directory.CreateDirectory(_directory.Combine("root", "deep"));
        File.WriteAllText(_directory.Combine("root", "deep", "file"), "content");
        File.WriteAllText(_directory.Combine("secret"), "secret");
        Directory.CreateDirectory(_directory.Combine("outside"));
        File.WriteAllText(_directory.Combine("outside", "file"), "secret");
    }

    private string Root => _directory.Combine("root");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void TryOpen_RegularFile_IsRead()
    {
        using var file = SafeFile.TryOpen(Root, "deep/file");
        using var reader = new StreamReader(file!);

        Assert.Equal("content", reader.ReadToEnd());
    }

    [Fact]
    public void TryOpen_LinkInThePlaceOfTheFile_IsRefused()
    {
        File.CreateSymbolicLink(_directory.Combine("root", "link"), _directory.Combine("secret"));

        Assert.Null(SafeFile.TryOpen(Root, "link"));
    }

    [Fact]
    public void TryOpen_LinkInThePlaceOfADirectory_IsRefused()
    {
        Directory.CreateSymbolicLink(_directory.Combine("root", "swapped"), _directory.Combine("outside"));

        Assert.Null(SafeFile.TryOpen(Root, "swapped/file"));
    }

    [Fact]
    public void TryOpen_Fifo_IsRefusedWithoutWaiting()
    {
        using (var make = Process.Start("mkfifo", [_directory.Combine("root", "fifo")]))
        {
            make.WaitForExit();
        }

        Assert.Null(SafeFile.TryOpen(Root, "fifo"));
    }

    [Theory]
    [InlineData("deep")]
    [InlineData("missing")]
    [InlineData("missing/file")]
    [InlineData("deep/file/below")]
    public void TryOpen_WhatIsNoFile_IsRefused(string path) => Assert.Null(SafeFile.TryOpen(Root, path));
}
