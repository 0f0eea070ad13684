using ServiceDefaults;
using Testing;

namespace Scaler.Tests.Service;

public sealed class ConfigurationTests
{
    [Fact]
    public void Build_EverythingWrong_NamesEverySettingAtOnce()
    {
        var error = Assert.Throws<InvalidConfigurationException>(() => ScalerService.Build(PlatformConfiguration.FromValues(new Dictionary<string, string?>
        {
            ["api:listen"] = "http://127.0.0.1:0",
            ["api:require_token"] = "false",
            ["scaler:node"] = " ",
            ["scaler:cgroup_root"] = "relative",
            ["scaler:cgroup_parent"] = "../escape",
            ["scaler:cycle"] = "1ms",
            ["scaler:cores"] = "0",
            ["scaler:closed_cgroup_retention"] = "9d",
        })));

        Assert.Equal(
            ["scaler.node", "scaler.cgroup_root", "scaler.cgroup_parent", "scaler.state_directory", "scaler.cycle", "scaler.cores", "scaler.closed_cgroup_retention"],
            error.Errors.Select(e => e.Split(':')[0]));
    }

    [Fact]
    public void Build_NoCgroups_SaysSoInOneSentence()
    {
        using var directory = new TempDirectory();

        var error = Assert.Throws<InvalidConfigurationException>(() => Build(directory, directory.Path));

        Assert.Contains("neither cgroup version 2 nor the version 1 controllers", Assert.Single(error.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_StateDirectoryInUse_IsRefused()
    {
        await using var node = await ScalerNode.StartAsync();

        var error = Assert.Throws<InvalidConfigurationException>(() => ScalerService.Build(PlatformConfiguration.FromValues(Settings(node.StateDirectory, "/sys/fs/cgroup", node.Cgroups.Parent))));

        Assert.Contains("used by another Scaler", Assert.Single(error.Errors), StringComparison.Ordinal);
    }

    private static void Build(TempDirectory directory, string root) =>
        ScalerService.Build(PlatformConfiguration.FromValues(Settings(directory.Combine("state"), root, "scp-test-never")));

    private static Dictionary<string, string?> Settings(string stateDirectory, string root, string parent) => new()
    {
        ["api:listen"] = "http://127.0.0.1:0",
        ["api:require_token"] = "false",
        ["scaler:cgroup_root"] = root,
        ["scaler:cgroup_parent"] = parent,
        ["scaler:state_directory"] = stateDirectory,
    };
}
