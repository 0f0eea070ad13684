using CreditManager.Core;
using CreditManager.Core.Money;
using CreditManager.Health;
using ServiceDefaults;

namespace CreditManager.Options;

/// <summary>Section <c>credit</c>: how usage becomes money. Durations as in <see cref="DurationText"/>.</summary>
internal sealed class CreditOptions : IPlatformOptions
{
    /// <summary>What keeps the data. Default <c>sqlite</c>.</summary>
    public DatabaseKind DatabaseKind { get; set; }

    /// <summary>File of the SQLite database; made where it is missing. Required by <c>sqlite</c>.</summary>
    public string? Database { get; set; }

    /// <summary>
    /// File with the connection string of the PostgreSQL database as Npgsql takes it, <c>Host=…;Database=…;Username=…;Password=…</c>,
    /// readable by its owner only. Required by <c>postgresql</c>.
    /// </summary>
    public string? ConnectionStringFile { get; set; }

    /// <summary>In the place of the file, by the environment (<c>SCP_CREDIT__CONNECTION_STRING</c>).</summary>
    public string? ConnectionString { get; set; }

    /// <summary>How often usage is read and billed: 100 ms to 1 h. Default 1 s.</summary>
    public TimeSpan Cycle { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often the wallet is asked at most: 100 ms to 1 h. Default 2 s.</summary>
    public TimeSpan WalletPoll { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a Scaler may take to answer: 100 ms to 1 min. Default 5 s.</summary>
    public TimeSpan ScalerTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Wallet account that is paid. Default <c>provider</c>.</summary>
    public string Provider { get; set; } = "provider";

    /// <summary>
    /// File of the key that receipts and exports are signed with: ECDSA on P-256 as PEM, for its owner's eyes only. Made where it is
    /// missing. Default <c>provider-key.pem</c> beside the SQLite database; required by <c>postgresql</c>.
    /// </summary>
    public string? SigningKeyFile { get; set; }

    /// <summary>Coins are moved in whole blocks of this many GRC, more than 0. Default 0.05.</summary>
    public decimal MinCoinMovementGrc { get; set; } = 0.05m;

    /// <summary>How long containers stay frozen at the debt limit before they are aborted; 0 aborts at once. Default 60 s.</summary>
    public TimeSpan FreezeGrace { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>A new user's minimum balance in GRC, at least 0. Default 2.</summary>
    public decimal DefaultMinBalanceGrc { get; set; } = 2m;

    /// <summary>A new user's debt limit in GRC, at most 0. Default −2.</summary>
    public decimal DefaultMaxDebtGrc { get; set; } = -2m;

    /// <summary>How many vcore-seconds 1 GRC buys by the tariff <c>default</c> when it is first made: 1 to 1,000,000,000. Default 600.</summary>
    public long DefaultVcoreSecondsPerGrc { get; set; } = 600;

    /// <summary>
    /// For tests: the process ends itself by SIGKILL when it reaches this kill point, such as <c>after move</c>, or reaches it
    /// for that time, such as <c>after move:3</c>. Default none.
    /// </summary>
    public string? KillAt { get; set; }

    public KillAddress? KillAddress => KillAt is null ? null : KillAddress.Read(KillAt);

    public string SigningKeyPath =>
        SigningKeyFile ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(Database!))!, "provider-key.pem");

    public GrcAmount MinCoinMovement => Amount(MinCoinMovementGrc);

    public GrcAmount DefaultMinBalance => Amount(DefaultMinBalanceGrc);

    public GrcAmount DefaultMaxDebt => Amount(DefaultMaxDebtGrc);

    /// <inheritdoc/>
    public IEnumerable<string> Validate() =>
    [
        .. DatabaseSettings.FindFaults(this),
        .. Require(
            DatabaseKind == DatabaseKind.Sqlite || !string.IsNullOrWhiteSpace(SigningKeyFile),
            "signing_key_file: missing; allowed: the path of a file, which is made where it is missing."),
        .. RequireDuration("cycle", Cycle, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1)),
        .. RequireDuration("wallet_poll", WalletPoll, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1)),
        .. RequireDuration("scaler_timeout", ScalerTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)),
        .. Require(Names.IsName(Provider), $"provider: \"{Provider}\" is not allowed; allowed: {Names.Allowed}."),
        .. RequireAmount("min_coin_movement_grc", MinCoinMovementGrc, a => a > GrcAmount.Zero, "more than 0"),
        .. RequireAmount("default_min_balance_grc", DefaultMinBalanceGrc, a => a >= GrcAmount.Zero, "at least 0"),
        .. RequireAmount("default_max_debt_grc", DefaultMaxDebtGrc, a => a <= GrcAmount.Zero, "at most 0"),
        .. Require(
            TariffLimits.Allows(DefaultVcoreSecondsPerGrc),
            $"default_vcore_seconds_per_grc: {DefaultVcoreSecondsPerGrc} is not allowed; allowed: {TariffLimits.Allowed}."),
        .. Require(KillAt is null || KillAddress is not null, $"kill_at: \"{KillAt}\" is not allowed; allowed: {KillAddress.Allowed}."),
    ];

    /// <summary>An amount of the configuration that was validated before.</summary>
    public static GrcAmount Amount(decimal grc) =>
        GrcAmount.TryFrom(grc, out var amount) ? amount : throw new ArgumentOutOfRangeException(nameof(grc), grc, GrcAmount.Allowed);

    /// <summary>One error where <paramref name="grc"/> is not a whole number of halfords that <paramref name="allows"/> takes.</summary>
    public static IEnumerable<string> RequireAmount(string key, decimal grc, Func<GrcAmount, bool> allows, string allowed) => Require(
        GrcAmount.TryFrom(grc, out var amount) && allows(amount) && amount <= GrcAmount.Largest && -amount <= GrcAmount.Largest,
        $"{key}: {grc} is not allowed; allowed: {GrcAmount.Allowed}, {allowed}.");

    private static IEnumerable<string> RequireDuration(string key, TimeSpan value, TimeSpan least, TimeSpan most) =>
        Require(value >= least && value <= most, $"{key}: {value} is not allowed; allowed: {least} to {most}.");

    private static IEnumerable<string> Require(bool met, string error) => met ? [] : [error];
}
