using System.Diagnostics;
using Testing;

namespace ContainerManager.Tests.Engines;

/// <summary>The scripts that come with the platform's images, with a program in the place of the image's that tells its arguments.</summary>
public sealed class ImageScriptTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public ImageScriptTests()
    {
        Directory.CreateDirectory(_directory.Combine("output"));
        Directory.CreateDirectory(_directory.Combine("bin"));
        AddProgram("stress");
        AddProgram("ffmpeg");
    }

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("100.1-150.txt", "--cpu 1 --timeout 150s")]
    [InlineData("1.16-5.txt", "--cpu 16 --timeout 5s")]
    [InlineData("-n.2-3.txt", "--cpu 2 --timeout 3s")]
    public async Task Stress_NameSaysHowMuch_DoesThat(string name, string arguments)
    {
        var (status, output) = await RunAsync("stress.process_task.sh", name);

        Assert.Equal(0, status);
        Assert.Contains(arguments, output, StringComparison.Ordinal);
        Assert.True(File.Exists(_directory.Combine("output", "result.txt")));
    }

    [Theory]
    [InlineData("1.0-10.txt")]
    [InlineData("1.1-0.txt")]
    [InlineData("1.1-10")]
    [InlineData("1-10.txt")]
    [InlineData("1.1000-10.txt")]
    [InlineData("1.1-10000000.txt")]
    [InlineData("1.1-1;reboot.txt")]
    [InlineData("1.$(id)-1.txt")]
    public async Task Stress_OtherName_SaysWhatItShouldBe(string name)
    {
        var (status, output) = await RunAsync("stress.process_task.sh", name);

        Assert.Equal(64, status);
        Assert.Contains("<number>.<cores>-<seconds>.txt", output, StringComparison.Ordinal);
        Assert.Contains(name, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transcode_File_WritesMp4OfThatName()
    {
        var (status, output) = await RunAsync("transcode.process_task.sh", "-my clip:1.avi", "not empty");

        Assert.Equal(0, status);
        Assert.Contains("-i file:", output, StringComparison.Ordinal);
        Assert.Contains("/output/-my clip:1.mp4", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Align_NoGenome_SaysWhereItBelongs()
    {
        var (status, output) = await RunAsync("align.process_task.sh", "reads.fastq", "not empty");

        Assert.Equal(66, status);
        Assert.Contains("staging/genome.fa", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("transcode.process_task.sh")]
    [InlineData("compress.process_task.sh")]
    [InlineData("align.process_task.sh")]
    public async Task AnyScript_EmptyFile_SaysSo(string script)
    {
        var (status, output) = await RunAsync(script, "a.avi");

        Assert.Equal(64, status);
        Assert.Contains("is empty", output, StringComparison.Ordinal);
    }

    private async Task<(int Status, string Output)> RunAsync(string script, string taskFileName, string content = "")
    {
        await File.WriteAllTextAsync(_directory.Combine(taskFileName), content);
        var start = new ProcessStartInfo(
            "bash", ["-c", "exec \"$@\" 2>&1", "bash", "bash", Path.Combine(Repository.Root, "images", script), _directory.Combine(taskFileName), _directory.Combine("output")])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["PATH"] = _directory.Combine("bin") + ":" + Environment.GetEnvironmentVariable("PATH");
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }

    private void AddProgram(string name)
    {
        File.WriteAllText(_directory.Combine("bin", name), "#!/bin/sh\necho \"$@\"\n");
        File.SetUnixFileMode(_directory.Combine("bin", name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
