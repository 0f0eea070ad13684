using System.Text.Json;
using ContainerManager.Contracts;

namespace EndToEnd.Tests;

/// <summary>Strangers' scripts that try. Each finds the platform as it left it, and so does everybody else.</summary>
public sealed class IsolationTests(HostilePlatform hostile) : IClassFixture<HostilePlatform>
{
    [Theory]
    [InlineData("reads-other-buckets", "! cat HOME/buckets/victim/input/* HOME/buckets/victim/staging/secret && ! ls HOME")]
    [InlineData("reads-other-containers", "! grep -rs SECRET /slots /staging /tmp /var/tmp /script && ! ls HOME/work")]
    [InlineData("reads-tokens", "! cat HOME/token && ! cat HOME/wallet.credentials && ! env | grep -i token")]
    [InlineData("reads-the-hosts-files", "test ! -r /etc/shadow && test ! -e /var/lib/serverless-credit-platform && test ! -e /var/lib/dpkg")]
    [InlineData("sees-other-processes", "for p in /proc/[0-9]*; do ! grep -as SECRET $p/cmdline || exit 1; done")]
    [InlineData("signals-other-processes", "for p in /proc/[0-9]*; do p=${p#/proc/}; [[ $p == 1 || $p == $$ || $p == $PPID ]] || kill -KILL $p; done; kill -KILL 1; kill -0 1")]
    [InlineData("reaches-the-services", "for port in PORTS; do ! (: </dev/tcp/127.0.0.1/$port) || exit 1; done")]
    [InlineData("opens-the-platforms-sockets", "! ls /run/scp* /var/run/docker.sock /run/user 2>/dev/null | grep -q .")]
    [InlineData("leaves-its-cgroup", "for f in /sys/fs/cgroup/*/cgroup.procs /sys/fs/cgroup/cgroup.procs; do ! (echo $$ >\"$f\") 2>/dev/null || exit 1; done")]
    [InlineData("raises-its-limits", "for f in $(ls -d /sys/fs/cgroup/*/* 2>/dev/null); do ! (echo -1 >\"$f\") 2>/dev/null || exit 1; done; ! ulimit -u 100000")]
    [InlineData("becomes-root", "test $(id -u) != 0 && test ! -c /dev/kmsg && test ! -e /dev/mem && test ! -e /dev/fuse && grep -q 'CapEff:.*0000000000000000' /proc/self/status")]
    [InlineData("gains-privileges", "grep -q 'NoNewPrivs:.1' /proc/self/status")]
    [InlineData("changes-what-is-run-next", "! (echo evil >>/script/process_task.sh) && ! (echo evil >>\"$1\") && ! touch /bin/evil")]
    public async Task Script_Tries_CannotAndNothingIsHarmed(string what, string program)
    {
        var text = program.Replace("HOME", hostile.Home, StringComparison.Ordinal)
            .Replace("SECRET", HostilePlatform.Secret, StringComparison.Ordinal)
            .Replace("PORTS", string.Join(' ', hostile.Ports), StringComparison.Ordinal);

        var attempt = await hostile.RunAsync(what, text);

        Assert.True(attempt.Outcome == AttemptOutcome.Succeeded, $"{attempt.Reason}: {await hostile.Eve.ReadAsync($"logs/{what}.log")}");
        await hostile.AssertUnharmedAsync(what);
    }

    [Theory]
    [InlineData("fills-the-log", "while :; do echo 0123456789012345678901234567890123456789; done", AttemptOutcome.OutOfDisk)]
    [InlineData("fills-the-output", "while :; do printf '%010000d' 0; done >\"$2/full\"", AttemptOutcome.OutOfDisk)]
    [InlineData("fills-tmp", "while :; do printf '%010000d' 0; done >/tmp/full", AttemptOutcome.OutOfDisk)]
    [InlineData("makes-files-without-end", "while :; do : >\"$2/$((i++))\"; done", AttemptOutcome.OutOfDisk)]
    [InlineData("fills-memory", "text=x; while :; do text=$text$text; done", AttemptOutcome.OutOfMemory)]
    [InlineData("ignores-signals", "trap '' TERM INT HUP QUIT; while :; do :; done", AttemptOutcome.TimedOut)]
    [InlineData("hides-from-the-time-limit", "setsid bash -c 'while :; do :; done' & wait", AttemptOutcome.TimedOut)]
    public async Task Script_Exceeds_IsStoppedWithClearWordsAndNothingIsHarmed(string what, string program, AttemptOutcome expected)
    {
        var attempt = await hostile.RunAsync(what, program);

        Assert.Equal(expected, attempt.Outcome);
        Assert.Matches("disk limit of 4 MiB|memory limit 64 MiB|wall_time", attempt.Reason);
        await hostile.AssertUnharmedAsync(what);
    }

    [Fact]
    public async Task Script_ForksWithoutEnd_StaysWithinItsProcesses()
    {
        await hostile.RunAsync("forks", "bomb() { bomb | bomb & }; bomb; sleep 2; exit 0");

        await hostile.AssertUnharmedAsync("forks");
    }

    [Fact]
    public async Task Script_LeavesDaemons_TheyEndWithTheTask()
    {
        var attempt = await hostile.RunAsync("leaves-daemons", "for i in 1 2 3; do (setsid bash -c 'trap \"\" HUP TERM; while :; do :; done' &) ; done");
        await hostile.AssertUnharmedAsync("leaves-daemons");

        var container = (await hostile.Platform.ScalerApi.FindContainerAsync(attempt.ContainerId))!;
        Assert.Equal(AttemptOutcome.Succeeded, attempt.Outcome);
        Assert.True(container.Slots[0].Processes <= 2, $"{container.Slots[0].Processes} processes are left in the slot");
    }

    [Fact]
    public async Task Script_PrintsControlCodesAndNoText_LogIsByteForByteAndStatusIsReadable()
    {
        await hostile.RunAsync("prints", """printf '\033[2J\033]0;title\a\377\376\000\r\n'; exit 9""");

        Assert.Equal("\u001b[2J\u001b]0;title\a"u8.ToArray().Concat(new byte[] { 0xff, 0xfe, 0, 13, 10 }), await File.ReadAllBytesAsync(hostile.Eve.Path("logs/prints.log")));
        using var status = JsonDocument.Parse(await File.ReadAllTextAsync(hostile.Eve.Path("status.json")));
        Assert.Equal("eve", status.RootElement.GetProperty("function").GetString());
        await hostile.AssertUnharmedAsync("prints");
    }

    [Fact]
    public async Task Script_WritesLinksAndPipes_OnlyFilesAreUploadedAndTheRestIsNamed()
    {
        await hostile.RunAsync("links", $"""
            ln -s /etc/passwd "$2/link"; ln -s {hostile.Home} "$2/folder"; ln -s "$2" "$2/round"; mkfifo "$2/pipe"; mkdir "$2/deep"; ln -s ../../.. "$2/deep/up"
            echo fine >"$2/deep/file"
            """);

        Assert.Equal(
            ["deep/file"],
            Directory.EnumerateFiles(hostile.Eve.Path("results/links"), "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(hostile.Eve.Path("results/links"), f)));
        using var receipt = JsonDocument.Parse(await hostile.Eve.ReadAsync("receipts/links.json"));
        var leftOut = receipt.RootElement.GetProperty("results_left_out").EnumerateArray().Select(e => e.GetString()!.Split(':')[0]);
        Assert.Equal(["deep/up", "folder", "link", "pipe", "round"], leftOut.Order(StringComparer.Ordinal));
        await hostile.AssertUnharmedAsync("links");
    }

    [Fact]
    public async Task Script_KillsItsRunner_FailsAloneAndTheSlotWorksAgain()
    {
        var attempt = await hostile.RunAsync("kills-its-runner", "kill -KILL -1; kill -KILL $PPID; sleep 60");

        Assert.Equal(AttemptOutcome.ScriptFailed, attempt.Outcome);
        await hostile.AssertUnharmedAsync("kills-its-runner");
    }
}
