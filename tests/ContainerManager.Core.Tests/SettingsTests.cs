using ContainerManager.Core.Settings;
using ContainerManager.Core.Triggers;

namespace ContainerManager.Core.Tests;

public sealed class SettingsTests
{
    private static readonly FunctionCeilings Ceilings = new(200, 1L << 30, 8, AllowNetwork: false);

    [Fact]
    public void Resolve_Nothing_GivesTheDefaults()
    {
        var settings = FunctionSettingsRules.Resolve(new RequestedSettings(), Ceilings).Settings!;

        Assert.Equal(
            new FunctionSettings(null, 1, 3, null, 0, 200, 25, 75, 512L << 20, 256, TimeSpan.FromHours(1), false, "tracking"), settings);
    }

    [Fact]
    public void Resolve_SmallCeiling_KeepsTheDefaultMemoryBelowIt() =>
        Assert.Equal(64L << 20, FunctionSettingsRules.Resolve(new RequestedSettings(), Ceilings with { MaxMemoryBytes = 64L << 20 }).Settings!.MemoryBytes);

    [Fact]
    public void Resolve_EverythingWrong_NamesEverySettingAtOnce()
    {
        var asked = new RequestedSettings(
            "image.txt", 9, 0, new IdleChoice(TimeSpan.FromDays(60)), -1, 201, 0, 0, "lots", 7, TimeSpan.Zero, true, "magic", 0);

        var resolution = FunctionSettingsRules.Resolve(asked, Ceilings);

        Assert.Null(resolution.Settings);
        string[] names = ["image", "slots", "max_attempts", "idle_timeout", "min_shares", "max_shares", "boundary_shares", "step_shares", "memory", "processes", "wall_time", "network", "policy", "max_grc"];
        Assert.Equal(names.Order(), resolution.Errors.Select(e => e.Split(':')[0]).Order());
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public void Resolve_MinWarm_IsOneContainerAtMost(int? asked, int expected) =>
        Assert.Equal(expected, FunctionSettingsRules.Resolve(new RequestedSettings(MinWarm: asked), Ceilings).Settings!.MinWarm);

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void Resolve_MinWarmOutOfBounds_SaysThatAFunctionHasOneContainer(int asked) => Assert.Equal(
        $"min_warm: {asked} is not allowed; allowed: 0 or 1, as a function has one container.",
        Assert.Single(FunctionSettingsRules.Resolve(new RequestedSettings(MinWarm: asked), Ceilings).Errors));

    [Fact]
    public void Resolve_IdleTimeout_IsFixedOrPredictedOrLeftToTheFile()
    {
        static (TimeSpan?, bool) Idle(IdleChoice? asked) =>
            FunctionSettingsRules.Resolve(new RequestedSettings(IdleTimeout: asked), Ceilings).Settings! is var s ? (s.IdleTimeout, s.IsIdlePredicted) : default;

        Assert.Equal((null, false), Idle(null));
        Assert.Equal((null, true), Idle(IdleChoice.Predicted));
        Assert.Equal((TimeSpan.FromSeconds(IdleTimeout.MaxSeconds), false), Idle(new IdleChoice(TimeSpan.FromSeconds(IdleTimeout.MaxSeconds))));
        Assert.Single(FunctionSettingsRules.Resolve(new RequestedSettings(IdleTimeout: new IdleChoice(TimeSpan.FromSeconds(IdleTimeout.MaxSeconds + 1))), Ceilings).Errors);
    }

    [Theory]
    [InlineData("2GiB")]
    [InlineData("1MiB")]
    [InlineData("-64MiB")]
    [InlineData("99999999999999999999TiB")]
    public void Resolve_MemoryOutOfBounds_IsAnError(string memory) =>
        Assert.StartsWith("memory:", Assert.Single(FunctionSettingsRules.Resolve(new RequestedSettings(Memory: memory), Ceilings).Errors), StringComparison.Ordinal);

    [Fact]
    public void Resolve_MaxGrc_IsTheCapInHalfords() =>
        Assert.Equal(5_000_000, FunctionSettingsRules.Resolve(new RequestedSettings(MaxGrc: 0.05m), Ceilings).Settings!.CapHalfords);

    [Theory]
    [InlineData("0")]
    [InlineData("-0.05")]
    [InlineData("0.000000001")]
    [InlineData("0.050000000")]
    [InlineData("1000000000.1")]
    public void Resolve_MaxGrcOutOfBounds_IsAnError(string grc) => Assert.Equal(
        $"max_grc: {grc} is not allowed; allowed: an amount above 0 and up to 1000000000 GRC with at most 8 decimals, such as 0.05.",
        Assert.Single(FunctionSettingsRules.Resolve(new RequestedSettings(MaxGrc: decimal.Parse(grc, System.Globalization.CultureInfo.InvariantCulture)), Ceilings).Errors));

    [Theory]
    [InlineData(null, EngineKind.Apptainer)]
    [InlineData("apptainer", EngineKind.Apptainer)]
    [InlineData("docker", EngineKind.Docker)]
    public void Resolve_Engine_IsWhatWasAsked(string? engine, EngineKind expected) => Assert.Equal(
        expected,
        FunctionSettingsRules.Resolve(new RequestedSettings(expected == EngineKind.Docker ? "debian:13" : null, Engine: engine), Ceilings).Settings!.Engine);

    [Theory]
    [InlineData("podman")]
    [InlineData("Docker")]
    [InlineData("")]
    public void Resolve_UnknownEngine_IsAnError(string engine) => Assert.Equal(
        $"engine: \"{engine}\" is not allowed; allowed: apptainer, docker.",
        Assert.Single(FunctionSettingsRules.Resolve(new RequestedSettings(Engine: engine), Ceilings).Errors));

    [Theory]
    [InlineData(null)]
    [InlineData("image.sif/")]
    [InlineData("Debian")]
    public void Resolve_DockerWithoutReference_IsAnError(string? image) => Assert.Equal(
        $"image: \"{image}\" is not allowed with engine docker; allowed: the name of an image in a registry, such as debian:13, registry.example.org/team/tool:1.2 or tool@sha256:….",
        Assert.Single(FunctionSettingsRules.Resolve(new RequestedSettings(image, Engine: "docker"), Ceilings).Errors));

    [Fact]
    public void Resolve_ReferenceForApptainer_IsAnError() => Assert.Equal(
        "image: \"debian:13\" is not allowed; allowed: the name of a .sif or .def file in utils/.",
        Assert.Single(FunctionSettingsRules.Resolve(new RequestedSettings("debian:13"), Ceilings).Errors));

    [Fact]
    public void Resolve_MinAboveMax_IsAnError() =>
        Assert.StartsWith("min_shares: 150", Assert.Single(FunctionSettingsRules.Resolve(new RequestedSettings(MinShares: 150, MaxShares: 100), Ceilings).Errors), StringComparison.Ordinal);

    [Fact]
    public void Resolve_EverythingAsked_IsWhatIsInForce()
    {
        var asked = new RequestedSettings(
            "a.sif", 8, 100, new IdleChoice(TimeSpan.FromSeconds(5)), 50, 100, 10_000, 1, "1GiB", 4096, TimeSpan.FromDays(30), true, "rules", 0.05m, "next/p-",
            "16GiB", "apptainer", 1);

        Assert.Equal(
            new FunctionSettings(
                "a.sif", 8, 100, TimeSpan.FromSeconds(5), 50, 100, 10_000, 1, 1L << 30, 4096, TimeSpan.FromDays(30), true, "rules", 5_000_000,
                new Handoff("next", "p-"), DiskBytes: 16L << 30, MinWarm: 1),
            FunctionSettingsRules.Resolve(asked, Ceilings with { AllowNetwork = true }).Settings);
    }

    [Fact]
    public void Resolve_LeastOfEverything_IsAllowed() => Assert.Empty(FunctionSettingsRules.Resolve(
        new RequestedSettings(
            Slots: 1, MaxAttempts: 1, IdleTimeout: new IdleChoice(TimeSpan.Zero), MinShares: 0, MaxShares: 1, BoundaryShares: 1, StepShares: 1, Memory: "16MiB",
            Processes: 8, WallTime: TimeSpan.FromSeconds(1), Network: false, Policy: "fixed", Disk: "1MiB"),
        Ceilings).Errors);

    [Fact]
    public void Resolve_OutOfBounds_SaysWhatIsAllowed()
    {
        static IEnumerable<string> Errors(RequestedSettings asked) => FunctionSettingsRules.Resolve(asked, Ceilings).Errors;

        Assert.Equal(
            [
                "max_shares: 0 is not allowed; allowed: 1 to 200 shares.",
                "slots: 0 is not allowed; allowed: 1 to 8 tasks at a time.",
                "max_attempts: 101 is not allowed; allowed: 1 to 100 attempts.",
                "boundary_shares: 10001 is not allowed; allowed: 1 to 10000 shares.",
                "step_shares: 10001 is not allowed; allowed: 1 to 10000 shares.",
                "processes: 4097 is not allowed; allowed: 8 to 4096 processes.",
            ],
            Errors(new RequestedSettings(MaxShares: 0, Slots: 0, MaxAttempts: 101, BoundaryShares: 10_001, StepShares: 10_001, Processes: 4097)));
        Assert.Equal(
            ["min_shares: 101 is not allowed; allowed: 0 to 100 shares (at most max_shares)."], Errors(new RequestedSettings(MinShares: 101, MaxShares: 100)));
        Assert.Equal(
            [
                "memory: \"15MiB\" is not allowed; allowed: 16 MiB to 1 GiB, written as a size such as 64MiB, 512MiB or 2GiB.",
                "wall_time: allowed: 1s to 30d.",
                "network: true is not allowed by the operator for this function.",
                "policy: \"magic\" is not allowed; allowed: tracking, rules, fixed.",
                "on_success: \"/next\" is not allowed; allowed: BUCKET or BUCKET/PREFIX, the bucket of another function of the same user.",
                "disk: \"17GiB\" is not allowed; allowed: 1 MiB to 16 GiB, written as a size such as 64MiB, 512MiB or 2GiB.",
            ],
            Errors(new RequestedSettings(
                Memory: "15MiB", WallTime: TimeSpan.FromDays(30) + TimeSpan.FromTicks(1), Network: true, Policy: "magic", OnSuccess: "/next", Disk: "17GiB")));
        Assert.Equal(
            ["idle_timeout: allowed: 0 to 2592000 seconds."], Errors(new RequestedSettings(IdleTimeout: new IdleChoice(TimeSpan.FromSeconds(2_592_001)))));
    }

    [Theory]
    [InlineData(null, 60, true)]
    [InlineData("30", 30, true)]
    [InlineData("30\r\nnote", 30, true)]
    [InlineData(" 0 \n", 0, true)]
    [InlineData("\uFEFF15", 15, true)]
    [InlineData("", 60, false)]
    [InlineData("soon", 60, false)]
    [InlineData("-5", 60, false)]
    [InlineData("1.5", 60, false)]
    [InlineData("2592000", 2_592_000, true)]
    [InlineData("2592001", 60, false)]
    [InlineData("99999999999999999999", 60, false)]
    public void IdleTimeout_Content_IsReadOrSixty(string? content, int seconds, bool isFine)
    {
        var timeout = IdleTimeout.Read(content);

        Assert.Equal(TimeSpan.FromSeconds(seconds), timeout.Timeout);
        Assert.Equal(
            isFine ? null : "utils/timeout.txt: the first line is no whole number of seconds from 0 to 2592000; 60 is used.", timeout.Problem);
    }
}
