using System.Net;
using ServiceDefaults.Client;
using Testing;

namespace Scaler.Contracts.Tests;

/// <summary>The wire format, so that a change of a name or a route does not pass unseen: other services may be older or newer.</summary>
public sealed class ScalerClientTests
{
    private const string Container =
        """
        {"container_id":"c1","user":"user0","function":"stress","limits":{"min_shares":0,"max_shares":400,"boundary_shares":25,"limit_shares":120,
        "step_shares":75},"policy":"tracking","guarded":true,"restriction_shares":50,"frozen":false,"closed":false,"used_shares":97,
        "usage_microseconds":123456,"throttled_microseconds":7,"memory_bytes":8192,"out_of_memory_kills":1,"cgroup_path":"scp/c1",
        "join_files":["/a"],"slots":[{"slot":0,"usage_microseconds":5,"out_of_memory_kills":1,"processes":2,"join_files":["/b","/c"]}],
        "memory_limit_bytes":4096,"memory_max_bytes":65536,"added_by_a_newer_service":true}
        """;

    private const string Registration =
        """{"user":"user0","function":"stress","slots":2,"limits":{"min_shares":0,"max_shares":400,"boundary_shares":25,"limit_shares":null,"step_shares":75},"memory_limit_bytes":67108864,"process_limit":64,"policy":"tracking","weight":100,"memory_min_bytes":0}""";

    public static TheoryData<string, Func<IScalerApi, Task>> Calls => new()
    {
        { "GET /containers/c1", api => api.FindContainerAsync("c1") },
        { $"PUT /containers/c1 {Registration}", api => api.RegisterAsync("c1", new ContainerRegistration("user0", "stress", 2, new ContainerLimits(0, 400, 25), 67108864, 64)) },
        {
            """PUT /containers/c1/limits {"min_shares":1,"max_shares":2,"boundary_shares":3,"limit_shares":2,"step_shares":75}""",
            api => api.SetLimitsAsync("c1", new ContainerLimits(1, 2, 3, 2))
        },
        { """PUT /containers/c1/guard {"guarded":false}""", api => api.SetGuardAsync("c1", false) },
        { """PUT /containers/c1/policy {"policy":"rules"}""", api => api.SetPolicyAsync("c1", "rules") },
        { """PUT /containers/c1/restriction {"shares":50}""", api => api.RestrictAsync("c1", 50) },
        { "DELETE /containers/c1/restriction", api => api.LiftRestrictionAsync("c1") },
        { "PUT /containers/c1/freeze", api => api.FreezeAsync("c1") },
        { "DELETE /containers/c1/freeze", api => api.ThawAsync("c1") },
        { "POST /containers/c1/slots/3/kill", api => api.KillSlotAsync("c1", 3) },
        { "DELETE /containers/c1", api => api.CloseAsync("c1") },
        { "DELETE /containers/..%2Fnode", api => api.CloseAsync("../node") },
        {
            """POST /usage/acknowledgements {"container_id":"c1","usage_microseconds":123456}""",
            api => api.AcknowledgeAsync(new UsageAcknowledgement("c1", 123456))
        },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_Each_SendsItsRequest(string expected, Func<IScalerApi, Task> call)
    {
        using var server = new CannedHttpHandler(HttpStatusCode.OK, Container);
        using var http = server.Open();

        await call(new ScalerClient(http));

        Assert.Equal(expected, Assert.Single(server.Requests));
    }

    [Fact]
    public async Task FindSlot_Answer_IsReadWhole()
    {
        using var server = new CannedHttpHandler(
            HttpStatusCode.OK, """{"slot":3,"usage_microseconds":5,"out_of_memory_kills":1,"processes":2,"join_files":["/b"],"added_by_a_newer_service":true}""");
        using var http = server.Open();

        var slot = (await new ScalerClient(http).FindSlotAsync("c1", 3))!;

        Assert.Equal("GET /containers/c1/slots/3", Assert.Single(server.Requests));
        Assert.Equal((3, 5L, 1L, 2), (slot.Slot, slot.UsageMicroseconds, slot.OutOfMemoryKills, slot.Processes));
        Assert.Equal(["/b"], slot.JoinFiles);
    }

    [Fact]
    public async Task FindContainer_Answer_IsReadWhole()
    {
        using var server = new CannedHttpHandler(HttpStatusCode.OK, Container);
        using var http = server.Open();

        var state = await new ScalerClient(http).FindContainerAsync("c1");

        Assert.Equal(("c1", "user0", "stress", "tracking", "scp/c1"), (state!.ContainerId, state.User, state.Function, state.Policy, state.CgroupPath));
        Assert.Equal(new ContainerLimits(0, 400, 25, 120), state.Limits);
        Assert.Equal((true, 50, false, false), (state.Guarded, state.RestrictionShares, state.Frozen, state.Closed));
        Assert.Equal((97, 123456, 7, 8192, 1), (state.UsedShares, state.UsageMicroseconds, state.ThrottledMicroseconds, state.MemoryBytes, state.OutOfMemoryKills));
        Assert.Equal((4096, 65536), (state.MemoryLimitBytes, state.MemoryMaxBytes));
        Assert.Equal(["/a"], state.JoinFiles);
        var slot = Assert.Single(state.Slots);
        Assert.Equal((0, 5, 1, 2), (slot.Slot, slot.UsageMicroseconds, slot.OutOfMemoryKills, slot.Processes));
        Assert.Equal(["/b", "/c"], slot.JoinFiles);
    }

    [Fact]
    public async Task GetDecisions_Answer_IsReadWholeAndSinceIsSent()
    {
        using var server = new CannedHttpHandler(
            HttpStatusCode.OK,
            """
            [{"at":"2026-01-01T12:00:00Z","kind":"reassertion","reason":"something else changed freezer.state","before_shares":40,"limit_shares":50,
            "wanted_shares":60,"used_shares":30,"memory_bytes":8192,"memory_limit_bytes":4096,"times":2}]
            """);
        using var http = server.Open();
        var noon = new DateTimeOffset(2026, 1, 1, 13, 0, 0, TimeSpan.FromHours(1));

        var decision = Assert.Single(await new ScalerClient(http).GetDecisionsAsync("c1", noon));

        Assert.Equal(new ScalingDecision(noon, DecisionKind.Reassertion, "something else changed freezer.state", 40, 50, 60, 30, 8192, 4096, 2), decision);
        Assert.Equal("GET /containers/c1/decisions?since=2026-01-01T12%3A00%3A00.0000000Z", Assert.Single(server.Requests));
    }

    [Fact]
    public async Task GetSeries_Answer_IsReadWhole()
    {
        using var server = new CannedHttpHandler(
            HttpStatusCode.OK,
            """
            [{"at":"2026-01-01T12:00:00Z","interval_seconds":0.2,"used_shares":97.5,"limit_shares":120,"throttled_seconds":0.01,"memory_bytes":8192,
            "memory_limit_bytes":4096}]
            """);
        using var http = server.Open();

        var point = Assert.Single(await new ScalerClient(http).GetSeriesAsync("c1"));

        Assert.Equal(new SeriesPoint(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero), 0.2, 97.5, 120, 0.01, 8192, 4096), point);
        Assert.Equal("GET /containers/c1/series", Assert.Single(server.Requests));
    }

    [Fact]
    public async Task GetUsage_Answer_IsReadWhole()
    {
        using var server = new CannedHttpHandler(
            HttpStatusCode.OK,
            """
            [{"container_id":"c1","user":"user0","function":"stress","at":"2026-01-01T12:00:00Z","usage_microseconds":9007199254740993,
            "allocated_microseconds":2,"final":true,"limit_shares":3,"min_shares":4,"boundary_shares":5,"restriction_shares":null,"frozen":true,
            "registered_at":"2026-01-01T11:00:00Z","memory_byte_seconds":9007199254740995,"slot_microseconds":[6,9007199254740997]}]
            """);
        using var http = server.Open();

        var reading = Assert.Single(await new ScalerClient(http).GetUsageAsync());

        var noon = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
        Assert.Equal(
            new UsageReading(
                "c1", "user0", "stress", noon, 9_007_199_254_740_993, 2, true, 3, 4, 5, null, true,
                noon.AddHours(-1), 9_007_199_254_740_995, reading.SlotMicroseconds),
            reading);
        Assert.Equal([6, 9_007_199_254_740_997], reading.SlotMicroseconds!);
        Assert.Equal("GET /usage", Assert.Single(server.Requests));
    }

    [Fact]
    public async Task GetUsage_AnswerOfAnOlderScaler_HasNothingOfWhatItDoesNotTell()
    {
        using var server = new CannedHttpHandler(
            HttpStatusCode.OK,
            """
            [{"container_id":"c1","user":"user0","function":"stress","at":"2026-01-01T12:00:00Z","usage_microseconds":1,
            "allocated_microseconds":2,"final":true,"limit_shares":3,"min_shares":4,"boundary_shares":5,"restriction_shares":null,"frozen":true}]
            """);
        using var http = server.Open();

        var reading = Assert.Single(await new ScalerClient(http).GetUsageAsync());

        Assert.Equal((default, 0, null), (reading.RegisteredAt, reading.MemoryByteSeconds, reading.SlotMicroseconds));
    }

    [Fact]
    public async Task GetNode_Answer_IsReadWhole()
    {
        using var server = new CannedHttpHandler(
            HttpStatusCode.OK, """{"node":"n1","shares":200,"allocated_shares":120,"memory_bytes":5,"cgroup_version":2,"containers":3}""");
        using var http = server.Open();

        Assert.Equal(new NodeState("n1", 200, 120, 5, 2, 3), await new ScalerClient(http).GetNodeAsync());
        Assert.Equal("GET /node", Assert.Single(server.Requests));
    }

    [Fact]
    public async Task FindContainer_Unknown_IsNull()
    {
        using var server = new CannedHttpHandler(HttpStatusCode.NotFound, """{"detail":"no such container"}""");
        using var http = server.Open();

        Assert.Null(await new ScalerClient(http).FindContainerAsync("c1"));
    }

    [Theory]
    [InlineData(HttpStatusCode.Conflict, false)]
    [InlineData(HttpStatusCode.ServiceUnavailable, true)]
    public async Task Call_Refused_ThrowsTheServicesOwnWords(HttpStatusCode status, bool transient)
    {
        using var server = new CannedHttpHandler(status, """{"title":"No","detail":"The node is full."}""");
        using var http = server.Open();

        var refusal = await Assert.ThrowsAsync<ApiException>(() => new ScalerClient(http).CloseAsync("c1"));

        Assert.Contains("The node is full.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal((status, transient), (refusal.Status, refusal.IsTransient));
    }
}
