using System.Collections.Concurrent;
using CreditManager.Contracts;
using ServiceDefaults.Client;

namespace ContainerManager.Tests.Doubles;

/// <summary>A CreditManager that says of its users what a test tells it.</summary>
internal sealed class ScriptedCredit : ICreditApi
{
    public const string User = "user0";

    private readonly ConcurrentDictionary<string, UserStanding> _standings = new(StringComparer.Ordinal);

    public ScriptedCredit() => Set(Standing.Normal, mayStart: true);

    public bool Away { get; set; }

    public ConcurrentQueue<DepositClaim> Claims { get; } = new();

    public Func<DepositClaim, DepositOutcome> Deposit { get; set; } = _ => new DepositOutcome(DepositResult.Accepted, 1, "paid in");

    /// <summary>Every report that was answered or refused, in order.</summary>
    public ConcurrentQueue<AttemptReport> Reports { get; } = new();

    /// <summary>How many reports each call had.</summary>
    public ConcurrentQueue<int> Batches { get; } = new();

    /// <summary>What a report is answered with.</summary>
    public Func<AttemptReport, AttemptAnswer> Answering { get; set; } = report => new AttemptAnswer(report.AttemptId, null, report.End is null ? null : Sign(report));

    /// <summary>What a whole call for reports throws; null to answer.</summary>
    public Func<IReadOnlyList<AttemptReport>, ApiException?> FailingReports { get; set; } = _ => null;

    public IReadOnlyList<DepositView> Deposits { get; set; } = [];

    /// <summary>How many vcore-seconds 1 GRC buys.</summary>
    public long Price { get; set; } = 600;

    public void Set(Standing standing, bool mayStart, bool mustAbort = false, long needed = 0, string user = User, string reason = "") =>
        _standings[user] = new UserStanding(user, standing, mayStart, mustAbort, reason, 100, 100, 0, needed, 0, DateTimeOffset.UnixEpoch);

    /// <summary>Changes what is said of a user.</summary>
    public void Set(Func<UserStanding, UserStanding> change, string user = User) => _standings[user] = change(_standings[user]);

    /// <summary>A receipt of its looks; an attempt costs 7 halfords more than its CPU time says, so that it can be told from an estimate.</summary>
    public static SignedReceipt Sign(AttemptReport report)
    {
        var cost = ((report.End!.AfterMicroseconds - report.BeforeMicroseconds) * 100 / 600) + 7;
        var details = $$"""{"attempt":"{{report.AttemptId}}","cost_halfords":{{cost}},"outcome":"{{report.End.Ending}}","text":"<ü\u0000>"}""";
        var entry = new LedgerEntryView(1, DateTimeOffset.UnixEpoch.AddTicks(1_234_567), "attempt", "user:user0", "user:user0", 0, details, new string('0', 64), new string('a', 64));
        return new SignedReceipt("scp-receipt-1", "provider", entry, "key", "public", "signature of " + report.AttemptId);
    }

    public Task<IReadOnlyList<UserStanding>> ListStandingsAsync(CancellationToken cancellationToken = default) =>
        Answer<IReadOnlyList<UserStanding>>(() => [.. _standings.Values]);

    public Task<IReadOnlyList<UserAccount>> ListUsersAsync(CancellationToken cancellationToken = default) => Answer<IReadOnlyList<UserAccount>>(
        () => [.. _standings.Keys.Select(u => new UserAccount(u, SpendingPolicy.Greedy, 0, 0, "default", BillingBasis.Used, true, null))]);

    public Task<IReadOnlyList<Tariff>> ListTariffsAsync(CancellationToken cancellationToken = default) =>
        Answer<IReadOnlyList<Tariff>>(() => [new Tariff("default", Price, 1, DateTimeOffset.UnixEpoch)]);

    public Task<DepositOutcome> ClaimDepositAsync(string user, DepositClaim claim, CancellationToken cancellationToken = default) => Answer(() =>
    {
        Claims.Enqueue(claim);
        return Deposit(claim);
    });

    public Task<UserAccount?> FindUserAsync(string user, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<UserAccount> SetUserAsync(string user, UserSettings settings, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<UserStanding?> FindStandingAsync(string user, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<Tariff> SetTariffAsync(string name, TariffSettings settings, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<IReadOnlyList<ContainerBill>> ListBillsAsync(string user, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<IReadOnlyList<LedgerEntryView>> ListLedgerAsync(long after = 0, int limit = 1000, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<IReadOnlyList<Tariff>> ListTariffVersionsAsync(string name, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<IReadOnlyList<DepositView>> ListDepositsAsync(string user, CancellationToken cancellationToken = default) => Answer(() => Deposits);

    public Task<IReadOnlyList<AttemptAnswer>> ReportAttemptsAsync(IReadOnlyList<AttemptReport> reports, CancellationToken cancellationToken = default) =>
        Answer<IReadOnlyList<AttemptAnswer>>(() =>
        {
            Batches.Enqueue(reports.Count);
            if (FailingReports(reports) is { } failure)
            {
                throw failure;
            }

            return [.. reports.Select(report =>
            {
                Reports.Enqueue(report);
                return Answering(report);
            })];
        });

    public Task<Quote?> FindQuoteAsync(string user, string function, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<IReadOnlyList<Alert>> ListAlertsAsync(long after = 0, int limit = 1000, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<ProviderKey> GetKeyAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<Stream> ExportLedgerAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task AcceptDriftAsync(string account, DriftAcceptance acceptance, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<CreditStatus> GetStatusAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    private Task<T> Answer<T>(Func<T> answer) => Away
        ? Task.FromException<T>(new ApiException("CreditManager cannot be reached"))
        : Task.Run(answer);
}
