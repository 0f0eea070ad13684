using System.ComponentModel;
using System.Diagnostics;

namespace Experiments.Running;

/// <summary>Draws figures by the program gnuplot.</summary>
/// <param name="program">Its name or path.</param>
internal sealed class Gnuplot(string program = "gnuplot")
{
    /// <summary>What to do where it is missing.</summary>
    public const string Missing = "gnuplot is missing, so there are no figures; tables and report are written. To have them: apt-get install gnuplot-nox";

    private static readonly (string Terminal, string Extension)[] Terminals =
    [
        ("svg size 1000,440 font 'DejaVu Sans,13' background '#ffffff'", "svg"),
        ("pngcairo size 1500,660 font 'DejaVu Sans,13' fontscale 1.35 linewidth 1.4 background '#ffffff'", "png"),
    ];

    /// <summary>Draws each figure as SVG and PNG; false where gnuplot is missing.</summary>
    /// <param name="directory">Where the files go.</param>
    /// <param name="figures">Names of files and scripts.</param>
    /// <exception cref="ExperimentException">gnuplot failed.</exception>
    public async Task<bool> DrawAsync(OutDirectory directory, IEnumerable<(string Name, string Script)> figures)
    {
        var script = string.Concat(figures.SelectMany(f => Terminals.Select(t =>
            $"reset session\nset terminal {t.Terminal}\nset output '{f.Name}.{t.Extension}'\n{f.Script}unset output\n")));
        var start = new ProcessStartInfo(program) { WorkingDirectory = directory.Path, RedirectStandardInput = true, RedirectStandardError = true };
        Process? started;
        try
        {
            started = Process.Start(start);
        }
        catch (Win32Exception)
        {
            return false;
        }

        using var process = started ?? throw new ExperimentException("gnuplot did not start.");
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(script);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? true : throw new ExperimentException($"gnuplot ended with status {process.ExitCode}: {(await errors).Trim()}");
    }
}
