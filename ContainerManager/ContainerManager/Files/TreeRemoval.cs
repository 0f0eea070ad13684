using System.ComponentModel;
using System.Diagnostics;

namespace ContainerManager.Files;

/// <summary>
/// Removes directories that strangers wrote in, and may be writing in still. <c>rm</c> opens every directory from the one before and follows no
/// link, however deep it goes and whatever bytes the names are of; .NET's own removal walks paths, which a script can lead out of the
/// directory by a link in the right moment.
/// </summary>
internal static class TreeRemoval
{
    /// <summary>Removes a directory and everything in it; one that is gone is no error.</summary>
    /// <param name="path">In a directory that strangers cannot write to.</param>
    /// <exception cref="IOException">Something of it is there still; says why.</exception>
    public static async Task RemoveAsync(string path)
    {
        var start = new ProcessStartInfo("rm", ["-rf", "--", path]) { RedirectStandardError = true };
        using var process = Start(start);
        var errors = await process.StandardError.ReadToEndAsync().ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        if (process.ExitCode != 0)
        {
            throw new IOException($"{path} cannot be removed: {errors.Trim()}");
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new IOException($"{start.FileName} cannot be started: {e.Message}", e);
        }
    }
}
