namespace CreditManager.Core.Money;

/// <summary>Which prices are allowed.</summary>
public static class TariffLimits
{
    public const string Allowed = "1 to 1,000,000,000 vcore-seconds per GRC";

    public const string AllowedMemory = "1 to 1,000,000,000 GiB-seconds per GRC, or none where memory costs nothing";

    /// <summary>The cheapest price.</summary>
    public const long Most = 1_000_000_000;

    public static bool Allows(long secondsPerGrc) => secondsPerGrc is >= 1 and <= Most;
}
