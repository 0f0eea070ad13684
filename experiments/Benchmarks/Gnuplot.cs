using System.ComponentModel;
using System.Diagnostics;

namespace Benchmarks;

/// <summary>Draws figures.</summary>
internal static class Gnuplot
{
    /// <summary>Runs a script, with file names relative to a directory.</summary>
    public static async Task RunAsync(string directory, IEnumerable<string> script, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("gnuplot") { WorkingDirectory = directory, RedirectStandardInput = true };
        using var process = Start(start);
        await process.StandardInput.WriteAsync(string.Join('\n', script) + "\n");
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"gnuplot ended with status {process.ExitCode}.");
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new InvalidOperationException("gnuplot did not start.");
        }
        catch (Win32Exception e)
        {
            throw new IOException("There is no gnuplot; install gnuplot-nox. The CSV files are written.", e);
        }
    }
}
