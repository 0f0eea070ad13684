using System.Net;
using Scaler.Contracts;
using ServiceDefaults.Client;

namespace Scaler.Tests.Service;

public sealed class RefusalTests
{
    [Theory]
    [InlineData("UPPER")]
    [InlineData("a.b")]
    [InlineData("a b")]
    [InlineData("../c1")]
    [InlineData("a\nb")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123x")]
    public async Task Register_HostileId_IsRefusedAndMakesNothing(string id)
    {
        await using var node = await ScalerNode.StartAsync();

        var refusal = await Assert.ThrowsAsync<ApiException>(() => node.RegisterAsync(id));

        Assert.Contains(refusal.Status, (HttpStatusCode?[])[HttpStatusCode.BadRequest, HttpStatusCode.NotFound]);
        Assert.Empty(node.Cgroups.Driver.ListChildren(node.Cgroups.Parent));
    }

    [Fact]
    public async Task Register_EverythingWrong_NamesEveryMemberAtOnce()
    {
        await using var node = await ScalerNode.StartAsync();
        var wrong = new ContainerRegistration("", "f", 0, new ContainerLimits(-1, 0, 0, null, -3), 1, 1, "guess", 10_001);

        var refusal = await Assert.ThrowsAsync<ApiException>(() => node.Api.RegisterAsync("c1", wrong));

        Assert.Equal(HttpStatusCode.BadRequest, refusal.Status);
        Assert.All(
            ["user", "slots", "limits.min_shares", "limits.max_shares", "limits.boundary_shares", "limits.step_shares", "memory_limit_bytes", "process_limit", "policy", "tracking, rules, fixed", "weight"],
            part => Assert.Contains(part, refusal.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{\"min_shares\":\"10\",\"max_shares\":100,\"boundary_shares\":25}", "min_shares")]
    [InlineData("{\"min_shares\":0,\"max_shares\":1e99,\"boundary_shares\":25}", "max_shares")]
    [InlineData("{\"min_shares\":0,\"max_shares\":NaN,\"boundary_shares\":25}", "max_shares")]
    [InlineData("{\"min_shares\":0,\"max_shares\":99.5,\"boundary_shares\":25}", "max_shares")]
    [InlineData("{\"min_shares\":0,\"boundary_shares\":25}", "max_shares")]
    [InlineData("{\"min_shares\":0,\"max_shares\":100,\"boundary_shares\":25,\"limit\":50}", "limit")]
    [InlineData("{\"min_shares\":0,\"max_shares\":100,\"boundary_shares\":25,\"limit_shares\":101}", "limit_shares")]
    [InlineData("{\"min_shares\":200,\"max_shares\":100,\"boundary_shares\":25}", "max_shares")]
    [InlineData("", "")]
    [InlineData("[]", "")]
    public async Task SetLimits_NotNumbersInRange_IsRefusedByNameAndChangesNothing(string body, string named)
    {
        await using var node = await ScalerNode.StartAsync();
        await node.RegisterAsync("c1", limitShares: 77);

        var (status, problem) = await node.SendAsync(HttpMethod.Put, "containers/c1/limits", body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(named, problem, StringComparison.Ordinal);
        Assert.Equal(77, node.Cgroups.LimitShares("c1"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(401)]
    public async Task Restrict_OutOfRange_IsRefused(int shares)
    {
        await using var node = await ScalerNode.StartAsync();
        await node.RegisterAsync("c1", limitShares: 77);

        var refusal = await Assert.ThrowsAsync<ApiException>(() => node.Api.RestrictAsync("c1", shares));

        Assert.Contains("1 to 400", refusal.Message, StringComparison.Ordinal);
        Assert.Null((await node.GetAsync("c1")).RestrictionShares);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task KillSlot_NoSuchSlot_IsRefused(int slot)
    {
        await using var node = await ScalerNode.StartAsync();
        await node.RegisterAsync("c1");

        Assert.Contains("0 to 0", (await Assert.ThrowsAsync<ApiException>(() => node.Api.KillSlotAsync("c1", slot))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_Again_ChangesNothingOrIsRefused()
    {
        await using var node = await ScalerNode.StartAsync();
        await node.RegisterAsync("c1", limitShares: 77);
        await node.Api.SetLimitsAsync("c1", new ContainerLimits(0, 300, 25, 55));

        Assert.Equal(55, (await node.RegisterAsync("c1", limitShares: 77)).Limits.LimitShares);
        foreach (var other in (ContainerRegistration[])[
            ScalerNode.Registration(77) with { User = "user1" }, ScalerNode.Registration(77) with { Function = "other" }, ScalerNode.Registration(77, slots: 2)])
        {
            Assert.Equal(HttpStatusCode.Conflict, (await Assert.ThrowsAsync<ApiException>(() => node.Api.RegisterAsync("c1", other))).Status);
        }
    }

    [Fact]
    public async Task Register_MinimumsDoNotFit_SaysTheNodeIsFull()
    {
        await using var node = await ScalerNode.StartAsync(("scaler:cores", "2"));
        var half = ScalerNode.Registration() with { Limits = new ContainerLimits(100, 400, 25) };
        await node.Api.RegisterAsync("c1", half);
        await node.Api.RegisterAsync("c2", half);

        var refusal = await Assert.ThrowsAsync<ApiException>(() => node.RegisterAsync("c3"));

        Assert.Equal(HttpStatusCode.Conflict, refusal.Status);
        Assert.Contains("node is full", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("node is full", (await Assert.ThrowsAsync<ApiException>(() => node.Api.SetLimitsAsync("c1", new ContainerLimits(101, 400, 25)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_ClosedContainer_IsRefused()
    {
        await using var node = await ScalerNode.StartAsync();
        await node.RegisterAsync("c1");
        await node.Api.CloseAsync("c1");

        foreach (var change in (Func<Task>[])[
            () => node.Api.RestrictAsync("c1", 10), () => node.Api.FreezeAsync("c1"), () => node.Api.SetGuardAsync("c1", false),
            () => node.Api.SetLimitsAsync("c1", new ContainerLimits(0, 100, 25)), () => node.RegisterAsync("c1")])
        {
            Assert.Equal(HttpStatusCode.Conflict, (await Assert.ThrowsAsync<ApiException>(change)).Status);
        }
    }

    [Fact]
    public async Task Anything_UnknownContainer_IsNotFound()
    {
        await using var node = await ScalerNode.StartAsync();

        Assert.Null(await node.Api.FindContainerAsync("none"));
        foreach (var request in (Func<Task>[])[
            () => node.Api.RestrictAsync("none", 10), () => node.Api.LiftRestrictionAsync("none"), () => node.Api.FreezeAsync("none"),
            () => node.Api.ThawAsync("none"), () => node.Api.SetGuardAsync("none", true), () => node.Api.KillSlotAsync("none", 0),
            () => node.Api.SetLimitsAsync("none", new ContainerLimits(0, 100, 25)), () => node.Api.CloseAsync("none")])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<ApiException>(request)).Status);
        }
    }
}
