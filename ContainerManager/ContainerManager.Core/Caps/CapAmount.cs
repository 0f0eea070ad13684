namespace ContainerManager.Core.Caps;

/// <summary>What a cap may be, wherever it is written.</summary>
public static class CapAmount
{
    /// <summary>What is allowed, for error messages.</summary>
    public const string Allowed = "an amount above 0 and up to 1000000000 GRC with at most 8 decimals, such as 0.05";

    private const decimal MostGrc = 1_000_000_000m;
    private const decimal HalfordsPerGrc = 100_000_000m;
    private const int MostDecimals = 8;

    /// <summary>The cap in halfords; null where it is none. Decimals that are written count, zeros too.</summary>
    public static long? ToHalfords(decimal grc) =>
        grc is > 0 and <= MostGrc && grc.Scale <= MostDecimals ? (long)(grc * HalfordsPerGrc) : null;

    /// <summary>The one that holds where there are two.</summary>
    public static long? Smaller(long? one, long? other) => one is { } a && other is { } b ? Math.Min(a, b) : one ?? other;
}
