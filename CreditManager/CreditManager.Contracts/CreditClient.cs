using System.Globalization;
using ServiceDefaults.Client;

namespace CreditManager.Contracts;

/// <summary><see cref="ICreditApi"/> over HTTP.</summary>
/// <param name="http">See <see cref="ServiceConnection.Open"/>.</param>
public sealed class CreditClient(HttpClient http) : ApiClient(http), ICreditApi
{
    public Task<IReadOnlyList<UserAccount>> ListUsersAsync(CancellationToken cancellationToken = default) =>
        GetAsync<IReadOnlyList<UserAccount>>("users", cancellationToken);

    public Task<UserAccount?> FindUserAsync(string user, CancellationToken cancellationToken = default) =>
        FindAsync<UserAccount>(User(user), cancellationToken);

    public Task<UserAccount> SetUserAsync(string user, UserSettings settings, CancellationToken cancellationToken = default) =>
        SendAsync<UserAccount>(HttpMethod.Put, User(user), settings, cancellationToken);

    public Task<IReadOnlyList<UserStanding>> ListStandingsAsync(CancellationToken cancellationToken = default) =>
        GetAsync<IReadOnlyList<UserStanding>>("standings", cancellationToken);

    public Task<UserStanding?> FindStandingAsync(string user, CancellationToken cancellationToken = default) =>
        FindAsync<UserStanding>(User(user) + "/standing", cancellationToken);

    public Task<IReadOnlyList<Tariff>> ListTariffsAsync(CancellationToken cancellationToken = default) =>
        GetAsync<IReadOnlyList<Tariff>>("tariffs", cancellationToken);

    public Task<IReadOnlyList<Tariff>> ListTariffVersionsAsync(string name, CancellationToken cancellationToken = default) =>
        GetAsync<IReadOnlyList<Tariff>>($"tariffs/{Segment(name)}/versions", cancellationToken);

    public Task<Tariff> SetTariffAsync(string name, TariffSettings settings, CancellationToken cancellationToken = default) =>
        SendAsync<Tariff>(HttpMethod.Put, $"tariffs/{Segment(name)}", settings, cancellationToken);

    public Task<DepositOutcome> ClaimDepositAsync(string user, DepositClaim claim, CancellationToken cancellationToken = default) =>
        SendAsync<DepositOutcome>(HttpMethod.Post, User(user) + "/deposits", claim, cancellationToken);

    public Task<IReadOnlyList<DepositView>> ListDepositsAsync(string user, CancellationToken cancellationToken = default) =>
        GetAsync<IReadOnlyList<DepositView>>(User(user) + "/deposits", cancellationToken);

    public Task<IReadOnlyList<AttemptAnswer>> ReportAttemptsAsync(IReadOnlyList<AttemptReport> reports, CancellationToken cancellationToken = default) =>
        SendAsync<IReadOnlyList<AttemptAnswer>>(HttpMethod.Post, "attempts", reports, cancellationToken);

    public Task<Quote?> FindQuoteAsync(string user, string function, CancellationToken cancellationToken = default) =>
        FindAsync<Quote>($"quotes?user={Uri.EscapeDataString(user)}&function={Uri.EscapeDataString(function)}", cancellationToken);

    public Task<IReadOnlyList<Alert>> ListAlertsAsync(long after = 0, int limit = 1000, CancellationToken cancellationToken = default) =>
        GetAsync<IReadOnlyList<Alert>>(string.Create(CultureInfo.InvariantCulture, $"alerts?after={after}&limit={limit}"), cancellationToken);

    public Task<ProviderKey> GetKeyAsync(CancellationToken cancellationToken = default) => GetAsync<ProviderKey>("key", cancellationToken);

    public Task<IReadOnlyList<ContainerBill>> ListBillsAsync(string user, CancellationToken cancellationToken = default) =>
        GetAsync<IReadOnlyList<ContainerBill>>(User(user) + "/bills", cancellationToken);

    public Task<IReadOnlyList<LedgerEntryView>> ListLedgerAsync(long after = 0, int limit = 1000, CancellationToken cancellationToken = default) =>
        GetAsync<IReadOnlyList<LedgerEntryView>>(
            string.Create(CultureInfo.InvariantCulture, $"ledger?after={after}&limit={limit}"), cancellationToken);

    public Task<Stream> ExportLedgerAsync(CancellationToken cancellationToken = default) => GetStreamAsync("ledger/export", cancellationToken);

    public Task AcceptDriftAsync(string account, DriftAcceptance acceptance, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, $"drift/{Segment(account)}", acceptance, cancellationToken);

    public Task<CreditStatus> GetStatusAsync(CancellationToken cancellationToken = default) =>
        GetAsync<CreditStatus>("status", cancellationToken);

    private static string User(string user) => $"users/{Segment(user)}";
}
