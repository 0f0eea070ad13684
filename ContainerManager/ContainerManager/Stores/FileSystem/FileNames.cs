using System.Text;

namespace ContainerManager.Stores.FileSystem;

/// <summary>
/// How the parts of a key between slashes are named in the file system. A part is its own name wherever a file system can hold it.
/// Otherwise, and where its own name is taken (keys <c>a</c> and <c>a/b</c> want a file and a directory <c>a</c>), it has an escaped name:
/// <c>%scp=PART</c> for a file, <c>%scp+PART</c> for a directory. A part that is too long is cut: directories <c>%scp&gt;PIECE</c> inside each other
/// hold what it begins with.
/// </summary>
internal static class FileNames
{
    /// <summary>Names that start like this are the store's own, at every level, and no objects.</summary>
    public const string Reserved = ".scp-incoming";

    private const string FileMark = "%scp=";
    private const string DirectoryMark = "%scp+";
    private const string PieceMark = "%scp>";
    private const int MaxNameBytes = 255;
    private const int MaxEscapedBytes = 250;

    // A piece ends where the next character would not fit, and a character has at most four bytes.
    private const int MinPieceBytes = MaxEscapedBytes - 3;

    /// <summary>The names that a part may have, the one to prefer first; each is a path of one name or, for a part that is cut, more.</summary>
    /// <param name="part">Between two slashes of a key; may be empty.</param>
    /// <param name="isDirectory">Whether another part follows.</param>
    public static IEnumerable<string[]> Of(string part, bool isDirectory)
    {
        if (IsPlain(part, isDirectory))
        {
            yield return [part];
        }

        yield return Escape(part, isDirectory);
    }

    /// <summary>The text that a name stands for in the keys of what it holds: a directory's ends with a slash, a piece's does not.</summary>
    public static string Decode(string name, bool isDirectory)
    {
        if (!isDirectory)
        {
            return IsEscaped(name, FileMark) ? name[FileMark.Length..] : name;
        }

        if (IsPiece(name))
        {
            return name[PieceMark.Length..];
        }

        return (IsEscaped(name, DirectoryMark) ? name[DirectoryMark.Length..] : name) + "/";
    }

    /// <summary>Whether a directory's name stands for the beginning of a part.</summary>
    public static bool IsPiece(string name) =>
        IsEscaped(name, PieceMark) && Bytes(name) - PieceMark.Length is >= MinPieceBytes and <= MaxEscapedBytes;

    /// <summary>Whether a directory is there only for keys that have no other place.</summary>
    public static bool IsEscapedDirectory(string name) => IsEscaped(name, DirectoryMark) || IsPiece(name);

    private static bool IsPlain(string part, bool isDirectory) =>
        part is not ("" or "." or "..")
        && !part.StartsWith(Reserved, StringComparison.Ordinal)
        && !(isDirectory ? IsEscapedDirectory(part) : IsEscaped(part, FileMark))
        && Bytes(part) <= MaxNameBytes;

    private static string[] Escape(string part, bool isDirectory)
    {
        var names = new List<string>();
        var rest = part;
        while (Bytes(rest) > MaxEscapedBytes)
        {
            var piece = FirstPiece(rest);
            names.Add(PieceMark + piece);
            rest = rest[piece.Length..];
        }

        names.Add((isDirectory ? DirectoryMark : FileMark) + rest);
        return [.. names];
    }

    private static string FirstPiece(string text)
    {
        var (length, bytes) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > MaxEscapedBytes)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return text[..length];
    }

    private static bool IsEscaped(string name, string mark) => name.StartsWith(mark, StringComparison.Ordinal);

    private static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);
}
