using System.Globalization;

namespace ContainerManager.Core;

/// <summary>Coin amounts in words; 1 GRC is 100,000,000 halfords.</summary>
public static class GrcText
{
    private const decimal HalfordsPerGrc = 100_000_000m;
    private const decimal ShownFrom = 0.01m;

    /// <summary>An amount in GRC.</summary>
    public static decimal ToGrc(long halfords) => halfords / HalfordsPerGrc;

    /// <summary>An amount in GRC, with all the decimals that it has.</summary>
    public static string Exactly(long halfords) => ToGrc(halfords).ToString("0.########", CultureInfo.InvariantCulture);

    /// <summary>An amount that is enough: rounded up to hundredths unless it is smaller than that.</summary>
    public static string AtLeast(long halfords)
    {
        var grc = ToGrc(halfords);
        var shown = grc >= ShownFrom ? Math.Ceiling(grc * 100) / 100 : grc;
        return shown.ToString("0.########", CultureInfo.InvariantCulture);
    }
}
