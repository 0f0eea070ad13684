using System.Security.Cryptography;
using System.Text;

namespace ContainerManager.Core.Tasks;

/// <summary>
/// Makes a harmless file name out of a task's name: one path segment that stays in its directory, holds no control characters
/// and fits every file system. Spaces, quotes and unicode stay, and so does the extension, since scripts look at it.
/// </summary>
public static class TaskFileName
{
    /// <summary>Most bytes of a name in UTF-8; file systems allow 255.</summary>
    public const int MaxBytes = 200;

    private const int MaxExtensionBytes = 16;
    private const string Nameless = "task";

    /// <summary>The file name for a task called <paramref name="taskName"/>; the same for the same name.</summary>
    public static string Make(string taskName)
    {
        ArgumentNullException.ThrowIfNull(taskName);
        var last = taskName[(taskName.LastIndexOf('/') + 1)..];
        var clean = Clean(last);
        if (clean is "" or "." or "..")
        {
            return Nameless;
        }

        return Encoding.UTF8.GetByteCount(clean) <= MaxBytes ? clean : Shorten(clean, last);
    }

    private static string Clean(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            // A lone surrogate arrives here as U+FFFD already, so that the result is always valid UTF-8.
            text.Append(Rune.IsControl(rune) ? "_" : rune.ToString());
        }

        return text.ToString();
    }

    private static string Shorten(string clean, string original)
    {
        var dot = clean.LastIndexOf('.');
        var extension = dot > 0 ? clean[dot..] : "";
        if (Encoding.UTF8.GetByteCount(extension) > MaxExtensionBytes)
        {
            extension = "";
        }

        return NameShortener.Shorten(clean[..(clean.Length - extension.Length)], original, MaxBytes - Encoding.UTF8.GetByteCount(extension)) + extension;
    }
}

/// <summary>Cuts names that are too long, so that different ones stay different.</summary>
internal static class NameShortener
{
    private const int DigestDigits = 16;

    /// <summary>The beginning of <paramref name="text"/> and a digest of <paramref name="original"/>, together at most <paramref name="maxBytes"/>.</summary>
    public static string Shorten(string text, string original, int maxBytes)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(original)))[..DigestDigits];
        return Cut(text, maxBytes - DigestDigits - 1) + "~" + digest;
    }

    private static string Cut(string text, int maxBytes)
    {
        var bytes = 0;
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > maxBytes)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return text[..length];
    }
}
