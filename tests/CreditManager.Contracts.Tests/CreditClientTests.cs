using System.Net;
using System.Text;
using ServiceDefaults.Client;

namespace CreditManager.Contracts.Tests;

/// <summary>What goes over the wire: other programs and older clients rely on these paths, names and spellings.</summary>
public sealed class CreditClientTests
{
    public static TheoryData<string, string, string?, Func<ICreditApi, Task>> Calls => new()
    {
        { "GET users", "[]", null, c => c.ListUsersAsync() },
        { "GET users/a%2F..%2Fb", "null", null, async c => await Assert.ThrowsAsync<ApiException>(() => c.FindUserAsync("a/../b")) },
        { "GET standings", "[]", null, c => c.ListStandingsAsync() },
        { "GET users/alice/bills", "[]", null, c => c.ListBillsAsync("alice") },
        { "GET ledger?after=7&limit=9", "[]", null, c => c.ListLedgerAsync(7, 9) },
        { "GET tariffs", "[]", null, c => c.ListTariffsAsync() },
        { "GET tariffs/cheap/versions", "[]", null, c => c.ListTariffVersionsAsync("cheap") },
        { "GET users/alice/deposits", "[]", null, c => c.ListDepositsAsync("alice") },
        { "GET quotes?user=a%26b&function=f%3D", "null", null, async c => await Assert.ThrowsAsync<ApiException>(() => c.FindQuoteAsync("a&b", "f=")) },
        { "GET alerts?after=3&limit=5", "[]", null, c => c.ListAlertsAsync(3, 5) },
        { "GET key", """{"key_id":"k","pem":"p"}""", null, async c => Assert.Equal(new ProviderKey("k", "p"), await c.GetKeyAsync()) },
        {
            "GET ledger/export", "line", null, async c =>
            {
                using var reader = new StreamReader(await c.ExportLedgerAsync());
                Assert.Equal("line", await reader.ReadToEndAsync());
            }
        },
        { "POST drift/alice", "{}", """{"difference_halfords":-5,"reason":"why"}""", c => c.AcceptDriftAsync("alice", new DriftAcceptance(-5, "why")) },
        {
            "POST attempts",
            """[{"attempt_id":"a1","refusal":null,"receipt":null,"refunded_halfords":0}]""",
            """[{"attempt_id":"a1","user":"alice","function":"f","task":"t","number":1,"container_id":"c","slot":0,"started_at":"1970-01-01T00:00:00+00:00","before_microseconds":5,"image_sha256":"i","script_sha256":"s","task_sha256":"t","end":{"ending":"platform_fault","ended_at":"1970-01-01T00:00:00+00:00","after_microseconds":7}}]""",
            async c => Assert.Equal(
                new AttemptAnswer("a1", null, null),
                Assert.Single(await c.ReportAttemptsAsync(
                    [new AttemptReport("a1", "alice", "f", "t", 1, "c", 0, DateTimeOffset.UnixEpoch, 5, "i", "s", "t", new AttemptEnd(AttemptEnding.PlatformFault, DateTimeOffset.UnixEpoch, 7))])))
        },
        {
            "PUT tariffs/cheap", """{"name":"cheap","vcore_seconds_per_grc":6000,"version":2,"valid_from":"2026-01-01T00:00:00Z"}""",
            """{"vcore_seconds_per_grc":6000,"gib_seconds_per_grc":null,"refunds_platform_faults":false,"valid_from":null}""",
            async c => Assert.Equal(new Tariff("cheap", 6000, 2, DateTimeOffset.UnixEpoch.AddYears(56)), await c.SetTariffAsync("cheap", new TariffSettings(6000)))
        },
        {
            "POST users/alice/deposits", """{"result":"pending","amount_halfords":5,"reason":"wait"}""",
            """{"claim_id":"claim-0001","text":"1"}""",
            async c => Assert.Equal(new DepositOutcome(DepositResult.Pending, 5, "wait"), await c.ClaimDepositAsync("alice", new DepositClaim("claim-0001", "1")))
        },
        {
            "PUT users/alice",
            """{"user":"alice","policy":"conservative","min_balance_halfords":1,"max_debt_halfords":-1,"tariff":"default","billing":"allocated","active":false,"deposit_address":null,"a_later_member":1}""",
            """{"policy":"conservative","min_balance_halfords":1,"max_debt_halfords":-1,"tariff":null,"billing":"allocated","active":false}""",
            async c => Assert.Equal(
                new UserAccount("alice", SpendingPolicy.Conservative, 1, -1, "default", BillingBasis.Allocated, false, null),
                await c.SetUserAsync("alice", new UserSettings(SpendingPolicy.Conservative, 1, -1, null, BillingBasis.Allocated, false)))
        },
        {
            "GET users/alice/standing",
            """{"user":"alice","standing":"exhausted","may_start":false,"must_abort":true,"reason":"r","balance_halfords":-5,"wallet_halfords":1,"unsettled_halfords":6,"needed_halfords":6,"credit_microseconds":0,"at":"1970-01-01T00:00:00Z"}""",
            null,
            async c => Assert.Equal(
                new UserStanding("alice", Standing.Exhausted, false, true, "r", -5, 1, 6, 6, 0, DateTimeOffset.UnixEpoch), await c.FindStandingAsync("alice"))
        },
        {
            "GET status",
            """{"wallet_reachable":true,"wallet_error":null,"provider_halfords":5,"last_cycle_at":null,"open_settlements":1,"unreachable_scalers":["s"],"alarms":["a"]}""",
            null,
            async c => Assert.Equal("a", Assert.Single((await c.GetStatusAsync()).Alarms))
        },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_OverTheWire_HasItsPathBodyAndAnswer(string request, string answer, string? body, Func<ICreditApi, Task> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var wire = new Wire(HttpStatusCode.OK, answer);
        using var http = new HttpClient(wire) { BaseAddress = new Uri("http://credit.test/") };

        await call(new CreditClient(http));

        Assert.Equal(request, wire.Request);
        Assert.Equal(body, wire.Body);
    }

    [Fact]
    public async Task Find_NotFound_IsNullAndOtherRefusalsCarryTheExplanation()
    {
        using var missing = new HttpClient(new Wire(HttpStatusCode.NotFound, "{}")) { BaseAddress = new Uri("http://credit.test/") };
        Assert.Null(await new CreditClient(missing).FindUserAsync("alice"));
        Assert.Null(await new CreditClient(missing).FindStandingAsync("alice"));

        using var refusing = new HttpClient(new Wire(HttpStatusCode.BadRequest, """{"title":"Bad request","detail":"because"}""")) { BaseAddress = new Uri("http://credit.test/") };
        var refused = await Assert.ThrowsAsync<ApiException>(() => new CreditClient(refusing).SetUserAsync("alice", new UserSettings()));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("because", refused.Message, StringComparison.Ordinal);
    }

    private sealed class Wire(HttpStatusCode status, string answer) : HttpMessageHandler
    {
        public string? Request { get; private set; }

        public string? Body { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Request = $"{request.Method} {request.RequestUri!.PathAndQuery[1..]}";
            Body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
            return new HttpResponseMessage(status) { Content = new StringContent(answer, Encoding.UTF8, "application/json") };
        }
    }
}
