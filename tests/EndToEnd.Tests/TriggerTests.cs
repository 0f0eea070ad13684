using ContainerManager.Contracts;
using Testing;

namespace EndToEnd.Tests;

public sealed class TriggerTests
{
    [Fact]
    public async Task OnSuccess_TwoFunctions_ResultOfOneIsRunByTheOther()
    {
        await using var platform = await Platform.StartAsync();
        var image = await TestImages.WithBashAsync();
        var first = await platform.AddFunctionAsync("first", "echo made of $(<\"$1\") >\"$2/made.txt\"\n", image);
        var second = await platform.AddFunctionAsync("second", "read -r line <\"$1\"; echo \"$line, again\" >\"$2/again.txt\"\n", image);
        first.Drop("utils/function.yaml", "on_success: second/from-\n");
        first.Drop("input/a.txt", "wood");

        var task = await first.EndedAsync("a.txt");
        var name = $"from-a.txt.{task.TaskId[..8]}/made.txt";

        Assert.Equal(TaskPhase.Succeeded, (await second.EndedAsync(name)).Phase);
        Assert.Equal("made of wood, again\n", await second.ReadAsync($"results/{name}/again.txt"));
    }

    [Fact]
    public async Task Disk_ScriptThatFillsTmp_IsStoppedAndTheNextTaskFindsItEmpty()
    {
        await using var platform = await Platform.StartAsync();
        var bucket = await platform.AddFunctionAsync(
            "full", "[[ -s $1 ]] || { [[ ! -e /tmp/full ]] && exit 0; exit 3; }\nprintf '%04000000d' 0 >/tmp/full\nread -r < <(:; while :; do :; done)\n", image: await TestImages.WithBashAsync());
        bucket.Drop("utils/function.yaml", "disk: 2MiB\nmax_attempts: 1\n");
        bucket.Drop("input/a", "fill");
        bucket.Drop("input/b", "");

        var filled = await bucket.EndedAsync("a");
        var next = await bucket.EndedAsync("b");

        Assert.Equal((AttemptOutcome.OutOfDisk, "stopped: its files reached the function's disk limit of 2 MiB"), (filled.Attempts[0].Outcome, filled.Attempts[0].Reason));
        Assert.Equal(TaskPhase.Succeeded, next.Phase);
    }
}
