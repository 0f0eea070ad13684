using ContainerManager.Engines;
using ContainerManager.Tests.Engines.Apptainer;
using Testing;

namespace ContainerManager.Tests.Engines;

public sealed class ImageTests : IAsyncLifetime
{
    private readonly EngineHarness _harness = new ApptainerHarness();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _harness.DisposeAsync().AsTask();

    [Fact]
    public async Task PrepareImageAsync_FinishedImage_IsKeptWhenTheFileGoes()
    {
        var file = Copy(await TestImages.WithBashAsync(), "mine.sif");

        var image = await PrepareAsync(file);
        File.Delete(file);

        Assert.True(File.Exists(image.Path));
        Assert.Equal(64, image.Digest.Length);
        Assert.Equal(image, await PrepareAsync(await TestImages.WithBashAsync()));
    }

    [Fact]
    public async Task PrepareImageAsync_EmptyImage_SaysSo() =>
        await RefusesAsync(Write("a.sif", ""), "empty");

    [Fact]
    public async Task PrepareImageAsync_Garbage_SaysSo() =>
        await RefusesAsync(Write("a.sif", new string('x', 5000)), "no Singularity image");

    [Fact]
    public async Task PrepareImageAsync_CutOffImage_SaysSo()
    {
        var file = Copy(await TestImages.WithBashAsync(), "a.sif");
        await using (var stream = File.OpenWrite(file))
        {
            stream.SetLength(stream.Length / 2);
        }

        await RefusesAsync(file, "cut off");
    }

    [Fact]
    public async Task PrepareImageAsync_OtherArchitecture_SaysSo()
    {
        var file = Copy(await TestImages.WithBashAsync(), "a.sif");
        await using (var stream = File.OpenWrite(file))
        {
            stream.Seek(45, SeekOrigin.Begin);
            stream.Write("07"u8);
        }

        await RefusesAsync(file, "architecture");
    }

    [Theory]
    [InlineData("image.txt")]
    [InlineData("image")]
    public async Task PrepareImageAsync_NoImageName_SaysWhatIsAllowed(string name) =>
        await RefusesAsync(Write(name, "x"), "NAME.sif or NAME.def");

    [Fact]
    public async Task PrepareImageAsync_MissingFile_SaysSo() => await RefusesAsync(_harness.Combine("none.sif"), "none.sif");

    [Fact]
    public async Task PrepareImageAsync_Definition_BuildsOnTheOperatorsImage()
    {
        await AddBaseAsync();
        var definition = Write("mine.def", "Bootstrap: localimage\nFrom: base.sif\n%arguments\nWORD=built\n%post\necho {{ WORD }} > /built\n");

        var image = await PrepareAsync(definition);

        var spec = await _harness.SpecAsync(image.Path);
        EngineHarness.SetScript(spec.Workspace, "grep built /built");
        await _harness.Engine.StartAsync(spec, CancellationToken.None);
        await using var runner = await _harness.AttachAsync(spec);
        Assert.Equal(0, await runner.RunAsync(EngineHarness.NewAttempt(spec), CancellationToken.None));
    }

    [Fact]
    public async Task PrepareImageAsync_SameDefinitionManyTimesAtOnce_BuildsOnce()
    {
        await AddBaseAsync();
        const string text = "Bootstrap: localimage\nFrom: base.sif\n%post\ncat /proc/sys/kernel/random/uuid > /id\n";
        var files = Enumerable.Range(0, 4).Select(i => Write($"same-{i}.def", text));

        var images = await Task.WhenAll(files.Select(PrepareAsync));
        var written = File.GetLastWriteTimeUtc(images[0].Path);
        var again = await PrepareAsync(Write("again.def", text));

        Assert.Single(images.Append(again).Distinct());
        Assert.Equal(written, File.GetLastWriteTimeUtc(again.Path));
    }

    [Fact]
    public async Task PrepareImageAsync_BaseReplaced_BuildsAnew()
    {
        await AddBaseAsync();
        var definition = Write("mine.def", "Bootstrap: localimage\nFrom: base.sif\n");
        var first = await PrepareAsync(definition);
        Copy(await TestImages.ImageFileAsync(TestImage.WithoutBash), Path.Combine("images", "base.sif"));

        var second = await PrepareAsync(definition);

        Assert.NotEqual(first.Path, second.Path);
        Assert.Equal(first.Digest, second.Digest);
    }

    [Fact]
    public async Task PrepareImageAsync_BuildFails_TellsItsLastLines()
    {
        await AddBaseAsync();
        var definition = Write("bad.def", "Bootstrap: localimage\nFrom: base.sif\n%post\nfor i in $(seq 100); do echo line $i; done\nno-such-command\n");

        var error = await Assert.ThrowsAsync<EngineException>(() => PrepareAsync(definition));

        Assert.Contains("no-such-command", error.Message, StringComparison.Ordinal);
        Assert.Contains("line 100", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("line 50\n", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_harness.Options.CacheDirectory, "build")));
    }

    [Fact]
    public async Task PrepareImageAsync_Cancelled_BuildIsKilled()
    {
        await AddBaseAsync();
        var mark = "sleep 6" + Random.Shared.Next(1000, 10000);
        using var stop = new CancellationTokenSource();
        var build = _harness.Engine.PrepareImageAsync(
            Write("slow.def", $"Bootstrap: localimage\nFrom: base.sif\n%post\n{mark}\n"), stop.Token);
        await Eventually.HoldsAsync(() => ProcessTable.Naming(mark.Replace(' ', '\0')).Any());

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => build);
        await Eventually.HoldsAsync(() => !ProcessTable.Naming(mark.Replace(' ', '\0')).Any());
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_harness.Options.CacheDirectory, "build")));
    }

    private async Task RefusesAsync(string file, string reason)
    {
        var error = await Assert.ThrowsAsync<EngineException>(() => PrepareAsync(file));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    private Task<PreparedImage> PrepareAsync(string file) => _harness.Engine.PrepareImageAsync(file, CancellationToken.None);

    private async Task AddBaseAsync() => Copy(await TestImages.WithBashAsync(), Path.Combine("images", "base.sif"));

    private string Copy(string source, string name)
    {
        File.Copy(source, _harness.Combine(name), overwrite: true);
        return _harness.Combine(name);
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(_harness.Combine(name), text);
        return _harness.Combine(name);
    }
}
