using ContainerManager.Core.Settings;

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
    [InlineData("99999999999999999999", 60, false)]
    public void IdleTimeout_Content_IsReadOrSixty(string? content, int seconds, bool isFine)
    {
        var timeout = IdleTimeout.Read(content);

        Assert.Equal(TimeSpan.FromSeconds(seconds), timeout.Timeout);
        Assert.Equal(isFine, timeout.Problem is null);
    }

    [Theory]
    [InlineData("512MiB", 512L << 20)]
    [InlineData("1.5GiB", 3L << 29)]
    [InlineData("2GB", 2_000_000_000)]
    [InlineData("64m", 64L << 20)]
    [InlineData("1024", 1024)]
    [InlineData("10 KiB", 10240)]
    public void ByteSize_Text_IsParsed(string text, long expected)
    {
        Assert.True(ByteSizeText.TryParse(text, out var bytes));
        Assert.Equal(expected, bytes);
    }

    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(2048, "2 KiB")]
    [InlineData(64L << 20, "64 MiB")]
    [InlineData(1L << 30, "1 GiB")]
    [InlineData(3L << 29, "1536 MiB")]
    [InlineData((100L << 30) + 1, "100 GiB")]
    public void ByteSize_Format_IsShort(long bytes, string expected) => Assert.Equal(expected, ByteSizeText.Format(bytes));

    [Fact]
    public void Registration_Good_HasNoErrors() =>
        Assert.Empty(RegistrationRules.Check("stress-1", "User.0_x-y", "my.bucket-1", null, null, null));

    [Theory]
    [InlineData("Upper", "u", "bucket", "function:")]
    [InlineData("-a", "u", "bucket", "function:")]
    [InlineData("a\n", "u", "bucket", "function:")]
    [InlineData("a", "", "bucket", "user:")]
    [InlineData("a", "u", "ab", "bucket:")]
    [InlineData("a", "u", "a..b", "bucket:")]
    [InlineData("a", "u", ".abc", "bucket:")]
    [InlineData("a", "u", "bucket/../x", "bucket:")]
    public void Registration_BadName_IsAnError(string function, string user, string bucket, string expected) =>
        Assert.StartsWith(expected, Assert.Single(RegistrationRules.Check(function, user, bucket, null, null, null)), StringComparison.Ordinal);
}
