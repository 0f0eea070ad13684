using ContainerManager.Engines;
using Testing;

namespace ContainerManager.Tests.Engines;

public abstract class RunnerTests(EngineHarness harness) : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => harness.DisposeAsync().AsTask();

    [Fact]
    public async Task RunAsync_ScriptWritesFiles_OutputAndLogAreKept()
    {
        var (status, attempt) = await harness.RunOnceAsync("""
            cat "$1" > "$2/copy"; echo "standard output"; echo "standard error" >&2
            """);

        Assert.Equal(0, status);
        Assert.Equal("task.txt", await File.ReadAllTextAsync(Path.Combine(attempt.OutputDirectory, "copy")));
        Assert.Equal("standard output\nstandard error\n", await File.ReadAllTextAsync(attempt.LogFile));
    }

    [Theory]
    [InlineData("exit 7", 7)]
    [InlineData("exit 255", 255)]
    [InlineData("kill -KILL $$", 137)]
    [InlineData("kill -TERM 0; sleep 60", 143)]
    [InlineData("kill -KILL 0; sleep 60", 137)]
    [InlineData("(until read -r _ _ state _ </proc/$$/stat && [ $state = T ]; do :; done; kill -CONT $$) & kill -STOP $$; wait; exit 9", 9)]
    [InlineData("syntax ( error", 2)]
    public async Task RunAsync_ScriptFails_ReturnsItsStatus(string script, int expected)
    {
        var (status, _) = await harness.RunOnceAsync(script);

        Assert.Equal(expected, status);
    }

    [Theory]
    [InlineData("with space.txt")]
    [InlineData("-rf")]
    [InlineData("'quote\" $(touch /slots/pwned) `id` ; & | \\ %b %s \\n \\0101")]
    [InlineData("line\nbreak\n")]
    [InlineData("ünïcödé-日本-🎉")]
    [InlineData(" tab\tand blanks ")]
    [InlineData("...")]
    public async Task RunAsync_HostileTaskFileName_ArrivesUnchanged(string name)
    {
        var (status, attempt) = await harness.RunOnceAsync("""
            cat "$1" > "$2/content"; printf '%s' "$1" > "$2/argument"; printf '%s' "$#" > "$2/count"
            """, name);

        Assert.Equal(0, status);
        Assert.Equal(name, await File.ReadAllTextAsync(Path.Combine(attempt.OutputDirectory, "content")));
        Assert.Equal("2", await File.ReadAllTextAsync(Path.Combine(attempt.OutputDirectory, "count")));
        Assert.Equal(
            $"/slots/0/{attempt.AttemptId}/input/{name}",
            await File.ReadAllTextAsync(Path.Combine(attempt.OutputDirectory, "argument")));
    }

    [Fact]
    public async Task RunAsync_ManyTasksInOneRunner_EachRunsOnce()
    {
        var spec = await harness.StartAsync("cat \"$1\"");
        await using var runner = await harness.AttachAsync(spec);

        for (var i = 0; i < 50; i++)
        {
            var attempt = EngineHarness.NewAttempt(spec, $"task {i}");
            Assert.Equal(0, await runner.RunAsync(attempt, CancellationToken.None));
            Assert.Equal($"task {i}", await File.ReadAllTextAsync(attempt.LogFile));
        }
    }

    [Fact]
    public async Task RunAsync_TwoSlots_RunAtTheSameTime()
    {
        // Each task waits for the other one's mark.
        var spec = await harness.StartAsync("""
            slot=${1#/slots/}; slot=${slot%%/*}; touch /tmp/$slot; until [ -e /tmp/$((1 - slot)) ]; do sleep 0.01; done
            """, slots: 2);
        await using var first = await harness.AttachAsync(spec, 0);
        await using var second = await harness.AttachAsync(spec, 1);

        var ends = await Task.WhenAll(
            first.RunAsync(EngineHarness.NewAttempt(spec, slot: 0), CancellationToken.None),
            second.RunAsync(EngineHarness.NewAttempt(spec, slot: 1), CancellationToken.None));

        Assert.Equal([0, 0], ends);
    }

    [Fact]
    public async Task RunAsync_EndedAttemptAskedAgain_IsNotStartedAgain()
    {
        var spec = await harness.StartAsync("echo ran; exit 3");
        await using var runner = await harness.AttachAsync(spec);
        var attempt = EngineHarness.NewAttempt(spec);
        await runner.RunAsync(attempt, CancellationToken.None);

        Assert.Equal(3, await runner.RunAsync(attempt, CancellationToken.None));
        Assert.Equal("ran\n", await File.ReadAllTextAsync(attempt.LogFile));
    }

    [Fact]
    public async Task RunAsync_ServiceRestartedWhileItRuns_ReportsThatRunsEnd()
    {
        var spec = await harness.StartAsync("echo ran; until [ -e /tmp/go ]; do sleep 0.01; done; exit 5");
        var attempt = EngineHarness.NewAttempt(spec);
        await using (var runner = await harness.AttachAsync(spec))
        {
            using var restart = new CancellationTokenSource();
            var abandoned = runner.RunAsync(attempt, restart.Token);
            await Eventually.HoldsAsync(() => File.ReadAllText(attempt.LogFile) == "ran\n");
            await restart.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => abandoned);
        }

        var engine = harness.NewEngine();
        await using var adopted = await engine.AttachAsync(spec.Workspace, 0, [], CancellationToken.None);
        var end = adopted.RunAsync(attempt, CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(spec.Workspace.Root, "tmp", "tmp", "go"), "");

        Assert.Equal(5, await end);
        Assert.Equal("ran\n", await File.ReadAllTextAsync(attempt.LogFile));
    }

    [Fact]
    public async Task RunAsync_RunnerKilledByScript_ThrowsAndSlotCanBeAttachedAgain()
    {
        var spec = await harness.StartAsync("kill -KILL -1; kill -KILL $PPID; sleep 60");
        var attempt = EngineHarness.NewAttempt(spec);
        await using (var runner = await harness.AttachAsync(spec))
        {
            await Assert.ThrowsAsync<EngineException>(() => runner.RunAsync(attempt, CancellationToken.None));
        }

        EngineHarness.SetScript(spec.Workspace, "exit 0");
        await using var next = await harness.AttachAsync(spec);
        await Assert.ThrowsAsync<EngineException>(() => next.RunAsync(attempt, CancellationToken.None));
        Assert.Equal(0, await next.RunAsync(EngineHarness.NewAttempt(spec), CancellationToken.None));
    }

    [Fact]
    public async Task RunAsync_ScriptTouchesTheRunnersFiles_NextTaskRuns()
    {
        var spec = await harness.StartAsync("""
            cd /slots/0; rm -rf requests replies runner.sh runner.pid; ln -s /etc/shadow requests; ln -sfn /etc "${2%/output}/work"
            mv "$2" /slots/0/moved; ln -s /etc "$2"; ls -A "$2" | head -1; exit 0
            """);
        await using var runner = await harness.AttachAsync(spec);
        var attempt = EngineHarness.NewAttempt(spec);

        Assert.Equal(0, await runner.RunAsync(attempt, CancellationToken.None));
        Assert.Null(new DirectoryInfo(attempt.OutputDirectory).LinkTarget);
        Assert.Equal(0, await runner.RunAsync(EngineHarness.NewAttempt(spec), CancellationToken.None));
    }

    [Fact]
    public async Task RunAsync_ImageWithoutBash_Returns127AndSaysSo()
    {
        var spec = await harness.StartAsync("exit 0", await harness.ImageAsync(TestImage.WithoutBash));
        await using var runner = await harness.AttachAsync(spec);
        var attempt = EngineHarness.NewAttempt(spec);

        Assert.Equal(127, await runner.RunAsync(attempt, CancellationToken.None));
        Assert.Contains("no bash", await File.ReadAllTextAsync(attempt.LogFile), StringComparison.Ordinal);
    }
}
