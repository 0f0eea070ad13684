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

    public void Set(Standing standing, bool mayStart, bool mustAbort = false, long needed = 0, string user = User, string reason = "") =>
        _standings[user] = new UserStanding(user, standing, mayStart, mustAbort, reason, 100, 100, 0, needed, 0, DateTimeOffset.UnixEpoch);

    public Task<IReadOnlyList<UserStanding>> ListStandingsAsync(CancellationToken cancellationToken = default) =>
        Answer<IReadOnlyList<UserStanding>>(() => [.. _standings.Values]);

    public Task<IReadOnlyList<UserAccount>> ListUsersAsync(CancellationToken cancellationToken = default) => Answer<IReadOnlyList<UserAccount>>(
        () => [.. _standings.Keys.Select(u => new UserAccount(u, SpendingPolicy.Greedy, 0, 0, "default", BillingBasis.Used, true, null))]);

    public Task<IReadOnlyList<Tariff>> ListTariffsAsync(CancellationToken cancellationToken = default) =>
        Answer<IReadOnlyList<Tariff>>(() => [new Tariff("default", 600, 1, DateTimeOffset.UnixEpoch)]);

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

    public Task<CreditStatus> GetStatusAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    private Task<T> Answer<T>(Func<T> answer) => Away
        ? Task.FromException<T>(new ApiException("CreditManager cannot be reached"))
        : Task.Run(answer);
}
