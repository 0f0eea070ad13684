using CreditCtl.Hosting;

namespace CreditCtl.Commands;

/// <summary>Reads files that are small when they are what they should be.</summary>
internal static class SmallFile
{
    private const long Largest = 8 << 20;

    /// <exception cref="CtlException">It cannot be read, or is far too large.</exception>
    public static string Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            using var reader = new StreamReader(stream);
            var text = new char[Largest + 1];
            var length = reader.ReadBlock(text);
            return length <= Largest ? new string(text, 0, length) : throw CtlException.Usage($"{path} is larger than {Largest >> 20} MiB; that is no file for this.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CtlException.Usage($"{path} cannot be read: {e.Message}", e);
        }
    }
}
