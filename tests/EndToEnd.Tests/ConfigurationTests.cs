using Testing;

namespace EndToEnd.Tests;

public sealed class ConfigurationTests
{
    public static TheoryData<string, string, string[]> Wrong => new()
    {
        { "Scaler", "scaler:\n  cycle: fast\n  cgroup_rot: /x\n", ["scaler.cycle", "scaler.cgroup_rot", "api.listen"] },
        { "CreditManager", "credit:\n  min_coin_movement_grc: -1\nwalet: {}\n", ["min_coin_movement_grc", "walet", "api.listen"] },
        { "ContainerManager", "store:\n  kind: tape\nengine:\n  speed: 9\n", ["store.kind", "engine.speed", "api.listen"] },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Start_WithUnknownAndImpossibleValues_NamesAllOfThemAtOnceAndEndsWithExConfig(string assembly, string yaml, string[] named)
    {
        using var directory = new TempDirectory();
        var config = directory.Combine("service.yaml");
        await File.WriteAllTextAsync(config, yaml);
        await using var service = new ServiceProcess(assembly, assembly, config, new Uri("http://127.0.0.1:9"), directory.Combine("log"));

        Assert.Equal(78, await service.RunToEndAsync());

        var log = await File.ReadAllTextAsync(service.LogFile);
        Assert.All(named, name => Assert.Contains(name, log, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", log, StringComparison.Ordinal);
    }
}
