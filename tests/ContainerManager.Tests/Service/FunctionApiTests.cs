using System.Net;
using ContainerManager.Contracts;
using ContainerManager.Stores;
using ServiceDefaults;
using ServiceDefaults.Client;
using Testing;

namespace ContainerManager.Tests.Service;

public sealed class FunctionApiTests
{
    [Fact]
    public async Task Register_EverythingWrong_NamesEveryErrorAtOnce()
    {
        await using var harness = new ManagerHarness();
        await harness.StartServiceAsync();

        var error = await Assert.ThrowsAsync<ApiException>(() => harness.Client.RegisterFunctionAsync(
            "Not A Name", new FunctionRegistration("no user!", "B", MaxShares: 0, MaxMemoryBytes: 1, MaxSlots: 65)));

        Assert.Equal(HttpStatusCode.BadRequest, error.Status);
        foreach (var word in new[] { "function:", "user:", "bucket:", "max_shares:", "max_memory_bytes:", "max_slots:" })
        {
            Assert.Contains(word, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Register_BucketOfAnotherFunction_IsRefused()
    {
        await using var harness = await ManagerHarness.StartAsync();

        var error = await Assert.ThrowsAsync<ApiException>(() => harness.Client.RegisterFunctionAsync("second", new FunctionRegistration("user0", ManagerHarness.Function)));

        Assert.Equal(HttpStatusCode.Conflict, error.Status);
        Assert.Contains("function work", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_WhileTheStoreIsAway_IsRefusedAndMayBeRepeated()
    {
        await using var harness = new ManagerHarness();
        await harness.StartServiceAsync();
        harness.Store.Failing = (_, _) => new ObjectStoreException(StoreFailure.Unavailable, "no answer");
        var error = await Assert.ThrowsAsync<ApiException>(() => harness.AddFunctionAsync("work"));
        harness.Store.Failing = null;

        await harness.AddFunctionAsync("work");

        Assert.True(error.IsTransient);
        Assert.Single(await harness.Client.ListFunctionsAsync());
    }

    [Fact]
    public async Task Find_UnknownFunction_IsNullOrNotFound()
    {
        await using var harness = await ManagerHarness.StartAsync();

        Assert.Null(await harness.Client.FindFunctionAsync("nobody"));
        Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<ApiException>(() => harness.Client.ListTasksAsync("nobody"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<ApiException>(() => harness.Client.RemoveFunctionAsync("nobody"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<ApiException>(() => harness.Client.StopContainerAsync("nobody"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Assert.ThrowsAsync<ApiException>(() => harness.Client.ListTasksAsync("work", 0))).Status);
    }

    [Fact]
    public async Task Remove_RunningFunction_StopsItReturnsItsTaskAndForgetsIt()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Engine.Script = async (_, killed) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, killed);
            return 0;
        };
        harness.Drop("input/a");
        await harness.StatusAsync(s => s.Running.Count == 1, "a runs");

        await harness.Client.RemoveFunctionAsync(ManagerHarness.Function);

        Assert.Empty(await harness.Client.ListFunctionsAsync());
        Assert.True(harness.Has("input/a"));
        Assert.Empty(harness.Engine.Running);
        await harness.RestartAsync();
        Assert.Empty(await harness.Client.ListFunctionsAsync());
    }

    [Fact]
    public async Task Register_AnotherUser_MovesTheFunctionToIt()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Credit.Set(CreditManager.Contracts.Standing.Normal, mayStart: true, user: "user1");
        harness.Drop("input/a");
        await harness.EndedAsync("a");

        await harness.Client.RegisterFunctionAsync(ManagerHarness.Function, new FunctionRegistration("user1"));
        harness.Drop("input/b");
        await harness.EndedAsync("b");

        Assert.Equal(["user0", "user1"], harness.Scaler.Registrations.Select(r => r.User));
    }

    [Fact]
    public async Task Status_IsKeptInTheBucketAsTheApiTellsIt()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("input/a");
        await harness.EndedAsync("a");

        await Eventually.HoldsAsync(() => harness.Store.Read("work", "status.json") is { } json
            && json.Contains("\"succeeded\": 1", StringComparison.Ordinal) && json.Contains("\"phase\": \"running\"", StringComparison.Ordinal));
        var container = Assert.Single(await harness.Client.ListContainersAsync());
        Assert.Equal(("work", "image.sif", ContainerPhase.Running), (container.Function, container.Image, container.Phase));
    }

    [Fact]
    public async Task Configured_FunctionsAreRegisteredAtStart()
    {
        await using var harness = new ManagerHarness(("functions:0:name", "one"), ("functions:0:user", "user0"), ("functions:1:name", "two"), ("functions:1:user", "user0"), ("functions:1:max_memory", "2GiB"));
        await harness.StartServiceAsync();

        Assert.Equal(["one", "two"], (await harness.Client.ListFunctionsAsync()).Select(f => f.Function));
        await Eventually.HoldsAsync(async () => await harness.Store.BucketExistsAsync("two", CancellationToken.None));
    }

    [Fact]
    public void Configured_Wrongly_NamesEveryErrorAtOnce()
    {
        var error = Assert.Throws<InvalidConfigurationException>(() => ContainerManagerService.Build(PlatformConfiguration.FromValues(new Dictionary<string, string?>
        {
            ["api:listen"] = "http://127.0.0.1:0",
            ["api:require_token"] = "false",
            ["manager:poll"] = "1ms",
            ["manager:polling"] = "1s",
            ["functions:0:name"] = "UPPER",
            ["unknown:key"] = "x",
        })));

        foreach (var word in new[] { "manager.polling", "store.directory", "engine.cache_directory", "scaler.address", "credit.address", "functions.0.name", "functions.0.user", "unknown" })
        {
            Assert.Contains(error.Errors, e => e.StartsWith(word, StringComparison.Ordinal));
        }
    }
}
