using System.Net;
using ServiceDefaults.Client;
using Testing;

namespace ContainerManager.Contracts.Tests;

/// <summary>The wire format, so that a change of a name or a route does not pass unseen.</summary>
public sealed class ContainerManagerClientTests
{
    private const string Status =
        """
        {"function":"stress","bucket":"stress","user":"user0","updated_at":"2026-01-02T03:04:05+00:00","message":"1 task runs.","problems":["p"],
        "money":{"standing":"indebted","balance_grc":-0.31,"reason":"in debt"},"container":{"container_id":"stress-0123456789","function":"stress",
        "phase":"preparing_image","started_at":"2026-01-02T03:04:05+00:00","slots":2,"image":"stress.sif"},"waiting":7,"waiting_for":"node full",
        "running":[{"task":"a b","attempt":2,"started_at":"2026-01-02T03:04:05+00:00","slot":1}],"succeeded":3,"failed":4,"added_by_a_newer_service":true}
        """;

    private const string Tasks =
        """
        [{"task_id":"t1","task":"a b","phase":"failed","seen_at":"2026-01-02T03:04:05+00:00","attempts":[{"attempt":1,"container_id":"c","slot":0,
        "started_at":"2026-01-02T03:04:05+00:00","ended_at":null,"outcome":"out_of_memory","exit_status":null,"reason":"killed","usage_microseconds":5,
        "cost_halfords":null}]}]
        """;

    private const string Registration =
        """{"user":"user0","bucket":null,"max_shares":400,"max_memory_bytes":null,"max_slots":null,"allow_network":false,"active":true}""";

    public static TheoryData<string, Func<IContainerManagerApi, Task>> Calls => new()
    {
        { "GET /functions/stress", api => api.FindFunctionAsync("stress") },
        { $"PUT /functions/stress {Registration}", api => api.RegisterFunctionAsync("stress", new FunctionRegistration("user0", MaxShares: 400)) },
        { "DELETE /functions/stress", api => api.RemoveFunctionAsync("stress") },
        { "DELETE /functions/..%2Fcontainers", api => api.RemoveFunctionAsync("../containers") },
        { "POST /functions/stress/stop", api => api.StopContainerAsync("stress") },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_Each_SendsItsRequest(string expected, Func<IContainerManagerApi, Task> call)
    {
        using var server = new CannedHttpHandler(HttpStatusCode.OK, Status);
        using var http = server.Open();

        await call(new ContainerManagerClient(http));

        Assert.Equal(expected, Assert.Single(server.Requests));
    }

    [Fact]
    public async Task FindFunction_Answer_IsReadWhole()
    {
        using var server = new CannedHttpHandler(HttpStatusCode.OK, Status);
        using var http = server.Open();

        var status = (await new ContainerManagerClient(http).FindFunctionAsync("stress"))!;

        Assert.Equal(new FunctionMoney("indebted", -0.31m, "in debt"), status.Money);
        Assert.Equal((ContainerPhase.PreparingImage, 2), (status.Container!.Phase, status.Container.Slots));
        Assert.Equal((7L, "node full", 3L, 4L), (status.Waiting, status.WaitingFor, status.Succeeded, status.Failed));
        Assert.Equal(("a b", 2, 1), (status.Running[0].Task, status.Running[0].Attempt, status.Running[0].Slot));
    }

    [Fact]
    public async Task FindFunction_AnswerWithMoney_IsReadWhole()
    {
        using var server = new CannedHttpHandler(
            HttpStatusCode.OK,
            Status
                .Replace(
                    "\"reason\":\"in debt\"",
                    """
                    "reason":"in debt","runway":"funds last 14 min at the present rate","runway_seconds":850,"spend_grc_per_hour":1.5,
                    "settlement_hold":"drift","pending_deposits":[{"reference":"t1","amount_grc":2.5,"confirmations":2,"needed_confirmations":3,
                    "expected_seconds":90,"reason":"2 of 3"}]
                    """,
                    StringComparison.Ordinal)
                .Replace("\"slot\":1", "\"slot\":1,\"cap_grc\":0.05", StringComparison.Ordinal));
        using var http = server.Open();

        var status = (await new ContainerManagerClient(http).FindFunctionAsync("stress"))!;

        Assert.Equal(
            ("funds last 14 min at the present rate", 850L, 1.5m, "drift"),
            (status.Money!.Runway, status.Money.RunwaySeconds, status.Money.SpendGrcPerHour, status.Money.SettlementHold));
        Assert.Equal([new PendingDeposit("t1", 2.5m, 2, 3, 90, "2 of 3")], status.Money.PendingDeposits!);
        Assert.Equal(0.05m, status.Running[0].CapGrc);
    }

    [Fact]
    public async Task FindFunction_Unknown_IsNull()
    {
        using var server = new CannedHttpHandler(HttpStatusCode.NotFound, """{"detail":"There is no function \"x\"."}""");
        using var http = server.Open();

        Assert.Null(await new ContainerManagerClient(http).FindFunctionAsync("x"));
    }

    [Fact]
    public async Task ListTasks_Answer_IsReadWhole()
    {
        using var server = new CannedHttpHandler(HttpStatusCode.OK, Tasks);
        using var http = server.Open();

        var task = Assert.Single(await new ContainerManagerClient(http).ListTasksAsync("stress", 5));

        Assert.Equal("GET /functions/stress/tasks?limit=5", Assert.Single(server.Requests));
        Assert.Equal((TaskPhase.Failed, AttemptOutcome.OutOfMemory), (task.Phase, task.Attempts.Single().Outcome));
        Assert.Null(task.Attempts.Single().EndedAt);
        Assert.Null(task.Attempts.Single().CostHalfords);
    }

    [Fact]
    public async Task ListTasks_CappedAndRefunded_AreRead()
    {
        using var server = new CannedHttpHandler(
            HttpStatusCode.OK,
            Tasks.Replace("out_of_memory", "capped", StringComparison.Ordinal)
                .Replace("\"cost_halfords\":null", "\"cost_halfords\":7,\"refunded_halfords\":5", StringComparison.Ordinal));
        using var http = server.Open();

        var attempt = Assert.Single(await new ContainerManagerClient(http).ListTasksAsync("stress", 5)).Attempts.Single();

        Assert.Equal((AttemptOutcome.Capped, 7, 5), (attempt.Outcome, attempt.CostHalfords, attempt.RefundedHalfords));
    }

    [Fact]
    public async Task Register_Refused_ThrowsWithTheServicesWords()
    {
        using var server = new CannedHttpHandler(HttpStatusCode.BadRequest, """{"title":"Bad Request","detail":"bucket: \"B\" is not allowed."}""");
        using var http = server.Open();

        var error = await Assert.ThrowsAsync<ApiException>(() => new ContainerManagerClient(http).RegisterFunctionAsync("x", new FunctionRegistration("u", "B")));

        Assert.Contains("bucket: \"B\" is not allowed.", error.Message, StringComparison.Ordinal);
        Assert.False(error.IsTransient);
    }
}
