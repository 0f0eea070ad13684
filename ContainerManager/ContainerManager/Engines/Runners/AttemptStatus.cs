using System.Globalization;
using System.Text;

namespace ContainerManager.Engines.Runners;

/// <summary>What the runner has written of an attempt.</summary>
/// <param name="ExitStatus">The script's exit status; null while it has none.</param>
/// <param name="IsLost">An earlier runner died with it: its end will never be told.</param>
internal sealed record AttemptStatus(int? ExitStatus, bool IsLost)
{
    // The script may write into the file as well; what it can gain by that it could gain by its exit status too.
    private const int MaxBytes = 4096;

    public static string FileOf(AttemptFiles attempt) => Path.Combine(attempt.Directory, "status");

    public static AttemptStatus Read(AttemptFiles attempt)
    {
        using var handle = File.OpenHandle(FileOf(attempt), share: FileShare.ReadWrite | FileShare.Delete);
        Span<byte> buffer = stackalloc byte[MaxBytes];
        return Parse(Encoding.ASCII.GetString(buffer[..RandomAccess.Read(handle, buffer, 0)]));
    }

    internal static AttemptStatus Parse(string text)
    {
        // A line counts once its end is written.
        foreach (var line in text.Split('\n').SkipLast(1))
        {
            if (line == "lost")
            {
                return new AttemptStatus(null, true);
            }

            if (line.StartsWith("exited ", StringComparison.Ordinal)
                && int.TryParse(line.AsSpan(7), NumberStyles.None, CultureInfo.InvariantCulture, out var status))
            {
                return new AttemptStatus(status, false);
            }
        }

        return new AttemptStatus(null, false);
    }
}
