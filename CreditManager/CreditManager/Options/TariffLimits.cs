namespace CreditManager.Options;

/// <summary>Which prices are allowed.</summary>
internal static class TariffLimits
{
    public const string Allowed = "1 to 1,000,000,000 vcore-seconds per GRC";

    public static bool Allows(long vcoreSecondsPerGrc) => vcoreSecondsPerGrc is >= 1 and <= 1_000_000_000;
}
