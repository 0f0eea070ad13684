namespace ContainerManager.Tests.Engines;

/// <summary>What a script can see and do from inside.</summary>
public abstract class ContainmentTests(EngineHarness harness) : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => harness.DisposeAsync().AsTask();

    [Theory]
    [InlineData("test $(grep -c : /proc/net/dev) -eq 1 && grep -q lo: /proc/net/dev")]
    [InlineData("test $(id -u) -ne 0")]
    [InlineData("! touch /bin/new && ! touch /new && ! touch /etc/new")]
    [InlineData("! touch /script/new && ! touch /staging/new")]
    [InlineData("! touch \"${1%/*}/new\" && ! sh -c \"echo more >> '$1'\"")]
    [InlineData("touch \"$2/made\" && touch here && test \"$HOME\" = \"$PWD\" && touch \"$HOME/made\"")]
    [InlineData("touch /tmp/made && touch /var/tmp/made && touch $TMPDIR/made")]
    [InlineData("test -z \"$(ls -A /root /home | grep -v :)\" && test ! -e /var/lib/scp-tasks && test ! -e /etc/shadow")]
    [InlineData("! env | grep -E '^(APPTAINER|SINGULARITY)_(CONTAINER|BIND|NAME)|cache'")]
    [InlineData("test $(ls /proc | grep -c '^[0-9]') -lt 12")]
    [InlineData("test \"$(readlink /proc/self/fd/0)\" = /dev/null")]
    [InlineData("! ls -l /proc/self/fd | grep -E 'requests|replies|runner'")]
    [InlineData("umask | grep -q 0022")]
    public async Task RunAsync_Script_IsContained(string check)
    {
        var (status, attempt) = await harness.RunOnceAsync(check);

        Assert.True(status == 0, $"{status}: {await File.ReadAllTextAsync(attempt.LogFile)}");
    }

    [Fact]
    public async Task StartAsync_NetworkAllowed_HasTheNodesNetwork()
    {
        var spec = await harness.SpecAsync(allowNetwork: true);
        EngineHarness.SetScript(spec.Workspace, "test $(readlink /proc/self/ns/net) = \"$(cat \"$1\")\"");
        await harness.Engine.StartAsync(spec, CancellationToken.None);
        await using var runner = await harness.AttachAsync(spec);
        var attempt = EngineHarness.NewAttempt(spec);
        await File.WriteAllTextAsync(attempt.TaskFile, new FileInfo("/proc/self/ns/net").LinkTarget);

        Assert.Equal(0, await runner.RunAsync(attempt, CancellationToken.None));
    }

    [Fact]
    public async Task RunAsync_StagingAndScriptReplaced_NextTaskSeesThem()
    {
        var spec = await harness.StartAsync("exit 9");
        await using var runner = await harness.AttachAsync(spec);
        await File.WriteAllTextAsync(Path.Combine(spec.Workspace.StagingDirectory, "data"), "staged");
        var next = spec.Workspace.ScriptFile + ".new";
        await File.WriteAllTextAsync(next, "cat /staging/data\n");
        File.Move(next, spec.Workspace.ScriptFile, overwrite: true);
        var attempt = EngineHarness.NewAttempt(spec);

        Assert.Equal(0, await runner.RunAsync(attempt, CancellationToken.None));
        Assert.Equal("staged", await File.ReadAllTextAsync(attempt.LogFile));
    }
}
