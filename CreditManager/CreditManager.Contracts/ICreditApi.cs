using ServiceDefaults.Client;

namespace CreditManager.Contracts;

/// <summary>
/// Users, what they own, what they owe, and what they may do. Coin amounts are whole halfords (1 GRC = 100,000,000).
/// Every method may throw <see cref="ApiException"/>; its message names what was wrong and what is allowed.
/// </summary>
public interface ICreditApi
{
    /// <summary><c>GET /users</c>.</summary>
    Task<IReadOnlyList<UserAccount>> ListUsersAsync(CancellationToken cancellationToken = default);

    /// <summary><c>GET /users/{user}</c>; null where there is none.</summary>
    Task<UserAccount?> FindUserAsync(string user, CancellationToken cancellationToken = default);

    /// <summary><c>PUT /users/{user}</c>: creates the user or changes the settings; settings left out keep their value or default.</summary>
    /// <param name="user">1 to 64 of <c>A-Z a-z 0-9 . _ -</c>; not the provider's account, not <c>*</c>.</param>
    /// <param name="settings">What to set.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<UserAccount> SetUserAsync(string user, UserSettings settings, CancellationToken cancellationToken = default);

    /// <summary><c>GET /standings</c>: one per user.</summary>
    Task<IReadOnlyList<UserStanding>> ListStandingsAsync(CancellationToken cancellationToken = default);

    /// <summary><c>GET /users/{user}/standing</c>; null for an unknown user.</summary>
    Task<UserStanding?> FindStandingAsync(string user, CancellationToken cancellationToken = default);

    /// <summary><c>GET /tariffs</c>: each price list's version in force.</summary>
    Task<IReadOnlyList<Tariff>> ListTariffsAsync(CancellationToken cancellationToken = default);

    /// <summary><c>GET /tariffs/{name}/versions</c>: past, present and to come, oldest first; empty for an unknown one.</summary>
    Task<IReadOnlyList<Tariff>> ListTariffVersionsAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>
    /// <c>PUT /tariffs/{name}</c>: the price from now on, or from a time to come; usage before keeps its price. Refused where
    /// a version for the same time or a later one waits already.
    /// </summary>
    Task<Tariff> SetTariffAsync(string name, TariffSettings settings, CancellationToken cancellationToken = default);

    /// <summary>
    /// <c>POST /users/{user}/deposits</c>: a receipt that the user dropped. Sending the same claim again gives the same answer
    /// and pays nothing twice.
    /// </summary>
    Task<DepositOutcome> ClaimDepositAsync(string user, DepositClaim claim, CancellationToken cancellationToken = default);

    /// <summary><c>GET /users/{user}/deposits</c>: top-ups, the newest first; those that are on their way are looked at each wallet cycle.</summary>
    Task<IReadOnlyList<DepositView>> ListDepositsAsync(string user, CancellationToken cancellationToken = default);

    /// <summary><c>POST /attempts</c>: up to 1,000 attempts that started or ended; one answer each, in their order.</summary>
    Task<IReadOnlyList<AttemptAnswer>> ReportAttemptsAsync(IReadOnlyList<AttemptReport> reports, CancellationToken cancellationToken = default);

    /// <summary><c>GET /quotes?user=U&amp;function=F</c>; null for an unknown user.</summary>
    Task<Quote?> FindQuoteAsync(string user, string function, CancellationToken cancellationToken = default);

    /// <summary><c>GET /alerts?after=N&amp;limit=M</c>: alerts with a number above N, in order.</summary>
    Task<IReadOnlyList<Alert>> ListAlertsAsync(long after = 0, int limit = 1000, CancellationToken cancellationToken = default);

    /// <summary><c>GET /key</c>: the key that receipts and exports are signed with.</summary>
    Task<ProviderKey> GetKeyAsync(CancellationToken cancellationToken = default);

    /// <summary><c>GET /users/{user}/bills</c>: what each container of the user has been charged, oldest first.</summary>
    Task<IReadOnlyList<ContainerBill>> ListBillsAsync(string user, CancellationToken cancellationToken = default);

    /// <summary><c>GET /ledger?after=N&amp;limit=M</c>: entries with a sequence number above N, in order.</summary>
    Task<IReadOnlyList<LedgerEntryView>> ListLedgerAsync(long after = 0, int limit = 1000, CancellationToken cancellationToken = default);

    /// <summary><c>GET /ledger/export</c>: the whole ledger as a file that can be verified without the service; dispose the stream.</summary>
    Task<Stream> ExportLedgerAsync(CancellationToken cancellationToken = default);

    /// <summary><c>POST /drift/{account}</c>: books a <see cref="DriftHold"/> as an adjustment and lets settlement go on.</summary>
    Task AcceptDriftAsync(string account, DriftAcceptance acceptance, CancellationToken cancellationToken = default);

    /// <summary><c>GET /status</c>: the wallet, the Scalers, open settlements and alarms.</summary>
    Task<CreditStatus> GetStatusAsync(CancellationToken cancellationToken = default);
}
