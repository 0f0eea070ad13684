using Scaler.Cgroups;

namespace Scaler.Tests.Cgroups;

/// <summary>Set-ups of systemd 257 as they were found in the machine of <c>tests/vm</c>.</summary>
public sealed class CgroupDelegationTests
{
    private const string All = "cpuset cpu io memory hugetlb pids rdma misc dmem\n";
    private const string Unit = "system.slice/scaler.service";

    private readonly RecordedCgroupFiles _files = new(new Dictionary<string, string>());

    public CgroupDelegationTests() => _files.With("/cg/cgroup.controllers", All);

    [Fact]
    public void Explain_ServiceOfAUserWithoutDelegation_NamesTheUnitsSettingsAndTheParent()
    {
        _files.With($"/cg/{Unit}/cgroup.controllers", "memory pids\n");

        AssertExplained(
            $"cgroup \"/\" is not this user's; run the Scaler as root, or set Delegate=cpu memory pids and DelegateSubgroup=service in its unit and scaler.cgroup_parent to \"{Unit}/containers\".",
            "scp",
            $"0::/{Unit}\n");
    }

    [Fact]
    public void Explain_UnitWithoutTheController_NamesIt()
    {
        _files.With($"/cg/{Unit}/cgroup.controllers", "memory pids\n");

        AssertExplained($"cgroup \"{Unit}\" has no cpu; set Delegate=cpu memory pids in this service's unit.", Unit + "/containers", $"0::/{Unit}\n");
    }

    [Fact]
    public void Explain_DelegatedWithoutASubgroup_SaysThatTheServiceIsInTheWay()
    {
        _files.With($"/cg/{Unit}/cgroup.controllers", All);

        AssertExplained(
            $"cgroup \"{Unit}\" has processes of its own, this one among them, and so cannot give controllers to cgroups below it; set DelegateSubgroup=service in this service's unit (systemd 254 or newer).",
            Unit + "/containers",
            $"0::/{Unit}\n");
    }

    [Fact]
    public void Explain_RootlessWithoutCpu_SendsToTheAdministrator()
    {
        const string Session = "user.slice/user-1000.slice/user@1000.service/app.slice";
        _files.With($"/cg/{Session}/cgroup.controllers", "memory pids\n");

        AssertExplained(
            $"cgroup \"{Session}\" has no cpu; have the administrator set Delegate=cpu memory pids for user@.service and log in again.",
            Session + "/scp",
            $"0::/{Session}/scaler.service\n");
    }

    [Fact]
    public void Explain_HybridHost_LooksAtItsVersion2()
    {
        _files.Without("/cg/cgroup.controllers").With("/cg/unified/cgroup.controllers", All);

        AssertExplained(
            "cgroup \"/\" is not this user's; run the Scaler as root, or set Delegate=cpu memory pids and DelegateSubgroup=service in its unit and scaler.cgroup_parent to \"system.slice/UNIT.service/containers\".",
            "scp",
            "12:cpu:/\n0::/\n");
    }

    [Fact]
    public void Explain_Version1_SaysWhatToGiveAway() => Assert.Equal(
        "cgroup \"scp\" of version 1 is not this user's; run the Scaler as root, or make scp in the hierarchies cpuacct, cpu, memory, pids, freezer and give all of it to this user.",
        new CgroupDelegation(_files, "/cg", "").Explain(1, "scp"));

    private void AssertExplained(string expected, string parent, string ownCgroups) =>
        Assert.Equal(expected, new CgroupDelegation(_files, "/cg", ownCgroups).Explain(2, parent));
}
