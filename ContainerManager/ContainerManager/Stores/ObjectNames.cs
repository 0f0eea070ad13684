using System.Globalization;
using System.Text;

namespace ContainerManager.Stores;

/// <summary>What keys and bucket names may look like, and the order of keys.</summary>
internal static class ObjectNames
{
    /// <summary>Longest key, in UTF-8 bytes.</summary>
    public const int MaxKeyBytes = 1024;

    private const int MaxQuotedLength = 200;

    /// <summary>Reads and writes UTF-8, and throws where text or bytes are none.</summary>
    public static UTF8Encoding StrictUtf8 { get; } = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Orders keys by their UTF-8 bytes, as S3 does.</summary>
    public static IComparer<string> Utf8Order { get; } = Comparer<string>.Create(CompareUtf8);

    /// <summary>Whether an object can have this key.</summary>
    public static bool IsKey(string key) => key.Length > 0 && IsPrefix(key);

    /// <exception cref="ObjectStoreException">Not a key.</exception>
    public static void ThrowUnlessKey(string key)
    {
        if (!IsKey(key))
        {
            throw new ObjectStoreException(
                StoreFailure.InvalidName, $"Key {Quote(key)} is not allowed; allowed: 1 to {MaxKeyBytes} bytes of UTF-8 text without NUL.");
        }
    }

    /// <exception cref="ObjectStoreException">No key can start like this.</exception>
    public static void ThrowUnlessPrefix(string prefix)
    {
        if (!IsPrefix(prefix))
        {
            throw new ObjectStoreException(
                StoreFailure.InvalidName, $"Prefix {Quote(prefix)} is not allowed; allowed: at most {MaxKeyBytes} bytes of UTF-8 text without NUL.");
        }
    }

    /// <exception cref="ObjectStoreException">Not a bucket's name.</exception>
    public static void ThrowUnlessBucket(string bucket)
    {
        var allowed = bucket.Length is >= 3 and <= 63
            && bucket.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-')
            && char.IsAsciiLetterOrDigit(bucket[0])
            && !bucket.Contains("..", StringComparison.Ordinal);
        if (!allowed)
        {
            throw new ObjectStoreException(
                StoreFailure.InvalidName,
                $"Bucket {Quote(bucket)} is not allowed; allowed: 3 to 63 of a-z 0-9 . -, starting with a letter or digit, without \"..\".");
        }
    }

    /// <summary>A name for messages: quoted, on one line, not endless.</summary>
    public static string Quote(string name)
    {
        var text = new StringBuilder("\"");
        foreach (var rune in name.EnumerateRunes().Take(MaxQuotedLength))
        {
            text.Append(Rune.IsControl(rune) ? string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}") : rune.ToString());
        }

        return text.Append(name.Length > MaxQuotedLength ? "…\"" : "\"").ToString();
    }

    private static bool IsPrefix(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            return false;
        }

        try
        {
            return StrictUtf8.GetByteCount(text) <= MaxKeyBytes;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    private static int CompareUtf8(string? left, string? right)
    {
        var a = left.AsSpan();
        var b = right.AsSpan();
        var same = a.CommonPrefixLength(b);
        if (same == a.Length || same == b.Length)
        {
            return a.Length.CompareTo(b.Length);
        }

        // UTF-16 puts surrogates below U+E000 to U+FFFF, UTF-8 puts what they stand for above.
        var (x, y) = (a[same], b[same]);
        return char.IsSurrogate(x) == char.IsSurrogate(y) ? x.CompareTo(y) : char.IsSurrogate(x) ? 1 : -1;
    }
}
