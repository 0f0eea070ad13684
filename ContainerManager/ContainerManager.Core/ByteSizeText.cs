using System.Globalization;

namespace ContainerManager.Core;

/// <summary>Sizes as people write them: <c>512MiB</c>, <c>1.5GiB</c>, <c>2GB</c> (decimal), <c>64M</c> (binary); a bare number is bytes.</summary>
public static class ByteSizeText
{
    /// <summary>What a refused text should have looked like, for error messages.</summary>
    public const string Allowed = "a size such as 64MiB, 512MiB or 2GiB";

    private static readonly (string Suffix, long Bytes)[] Units =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40),
        ("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000),
        ("K", 1L << 10), ("M", 1L << 20), ("G", 1L << 30), ("T", 1L << 40), ("B", 1), ("", 1),
    ];

    /// <summary>Parses <paramref name="text"/>; false where it is no size below 8 EiB.</summary>
    public static bool TryParse(string? text, out long bytes)
    {
        bytes = 0;
        var trimmed = (text ?? "").Trim();
        var (suffix, unit) = Units.First(u => trimmed.EndsWith(u.Suffix, StringComparison.OrdinalIgnoreCase));
        var number = trimmed[..^suffix.Length].TrimEnd();
        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            || value > (decimal)long.MaxValue / unit)
        {
            return false;
        }

        bytes = (long)(value * unit);
        return true;
    }

    /// <summary>The size in words, in the largest unit that leaves a short number.</summary>
    public static string Format(long bytes) => bytes switch
    {
        >= 1L << 30 when bytes % (1L << 30) == 0 || bytes >= 10L << 30 => Format(bytes, 1L << 30, "GiB"),
        >= 1L << 20 => Format(bytes, 1L << 20, "MiB"),
        >= 1L << 10 => Format(bytes, 1L << 10, "KiB"),
        _ => Format(bytes, 1, "bytes"),
    };

    private static string Format(long bytes, long unit, string name) =>
        string.Create(CultureInfo.InvariantCulture, $"{(decimal)bytes / unit:0.#} {name}");
}
