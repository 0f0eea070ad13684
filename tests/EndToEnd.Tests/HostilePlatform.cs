using System.Text.RegularExpressions;
using ContainerManager.Contracts;
using CreditManager.Contracts;
using Testing;

namespace EndToEnd.Tests;

/// <summary>A platform with one user's secret on it, and a function of somebody else whose tasks are programs: whatever is dropped is run.</summary>
public sealed class HostilePlatform : IAsyncLifetime
{
    /// <summary>In the victim's bucket, and in the environment and arguments of its process.</summary>
    internal const string Secret = "the-victims-secret";

    private const string Attacker = "eve";

    private Platform _platform = null!;

    internal Platform Platform => _platform;

    internal FunctionBucket Victim { get; private set; } = null!;

    internal FunctionBucket Eve { get; private set; } = null!;

    /// <summary>Where the platform of this test keeps everything: buckets, databases, configuration, tokens.</summary>
    internal string Home => Path.GetDirectoryName(_platform.WorkDirectory)!;

    /// <summary>Ports on which its services listen.</summary>
    internal IReadOnlyList<string> Ports =>
        [.. Directory.GetFiles(Home, "*.yaml").SelectMany(file => Regex.Matches(File.ReadAllText(file), @"127\.0\.0\.1:(\d+)").Select(m => m.Groups[1].Value)).Distinct()];

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        _platform = await Platform.StartAsync();
        var image = await TestImages.WithBashAsync();
        await _platform.SetUserAsync(new UserSettings(), Attacker);
        await _platform.PayInAsync(5, Attacker);
        Victim = await _platform.AddFunctionAsync("victim", $"exec -a {Secret} sleep 3600\n", image);
        Victim.Drop("staging/secret", Secret);
        Victim.Drop("input/kept-running", Secret);
        Eve = await _platform.AddFunctionAsync("eve", "source \"$1\"\n", image, Attacker);
        Eve.Drop("utils/function.yaml", "max_attempts: 1\nwall_time: 20s\nprocesses: 40\nmemory: 64MiB\ndisk: 4MiB\n");
        await Victim.RunningAsync("kept-running");
    }

    /// <inheritdoc/>
    public async Task DisposeAsync() => await _platform.DisposeAsync();

    /// <summary>Runs a program as a task; its one attempt.</summary>
    internal async Task<AttemptView> RunAsync(string task, string program)
    {
        Eve.Drop("input/" + task, program);
        return Assert.Single((await Eve.EndedAsync(task)).Attempts);
    }

    /// <summary>Asserts that nothing has suffered: the victim's task runs, and the attacker's next one is run as ever.</summary>
    internal async Task AssertUnharmedAsync(string after)
    {
        Assert.Equal(AttemptOutcome.Succeeded, (await RunAsync(after + "-next", "true")).Outcome);
        var victim = await Victim.TaskAsync("kept-running", _ => true, "the victim's task is known");
        Assert.Equal((TaskPhase.Running, 1), (victim.Phase, victim.Attempts.Count));
    }
}
