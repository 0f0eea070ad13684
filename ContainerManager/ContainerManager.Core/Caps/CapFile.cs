using System.Globalization;

namespace ContainerManager.Core.Caps;

/// <summary>The content of a sidecar <c>input/&lt;task&gt;.cap</c>: one line with an amount in GRC.</summary>
/// <param name="Halfords">The cap; null where there is none to be read.</param>
/// <param name="Problem">What is wrong, in words; null where all is well.</param>
public sealed record CapFile(long? Halfords, string? Problem)
{
    /// <summary>Most bytes that are read.</summary>
    public const int MaxBytes = 256;

    private const int MostQuoted = 40;

    /// <summary>Reads the text; null where the file is longer than allowed.</summary>
    public static CapFile Read(string? text)
    {
        var line = text?.TrimStart('\uFEFF').Trim();
        return line is not null
            && decimal.TryParse(line, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var grc)
            && CapAmount.ToHalfords(grc) is { } halfords
            ? new CapFile(halfords, null)
            : new CapFile(null, $"{Quote(line)} is no cap; allowed: one line with {CapAmount.Allowed}");
    }

    private static string Quote(string? line)
    {
        if (line is null)
        {
            return string.Create(CultureInfo.InvariantCulture, $"more than {MaxBytes} bytes");
        }

        var shown = new string(line.Select(c => char.IsControl(c) ? ' ' : c).Take(MostQuoted).ToArray());
        return $"\"{shown}{(line.Length > MostQuoted ? "…" : "")}\"";
    }
}
