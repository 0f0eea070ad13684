using System.ComponentModel;
using System.Diagnostics;
using Experiments.Core.Figures;

namespace Experiments.Running;

/// <summary>Draws figures by the program gnuplot.</summary>
internal static class Gnuplot
{
    /// <summary>What to do where it is missing.</summary>
    public const string Missing = "gnuplot is missing, so there are no figures; tables and report are written. To have them: apt-get install gnuplot-nox";

    private static readonly (string Terminal, string Extension)[] Terminals =
    [
        ("svg size 1000,440 font 'DejaVu Sans,13' background '#ffffff'", "svg"),
        ("pngcairo size 1500,660 font 'DejaVu Sans,13' fontscale 1.35 linewidth 1.4 background '#ffffff'", "png"),
    ];

    /// <summary>Draws each as SVG and PNG; the figures as SVG, or null where gnuplot is missing.</summary>
    /// <exception cref="ExperimentException">gnuplot failed.</exception>
    public static async Task<IReadOnlyList<(Figure Figure, string Svg)>?> DrawAsync(OutDirectory directory, IReadOnlyList<Figure> figures)
    {
        var script = string.Concat(figures.SelectMany(f => Terminals.Select(t =>
            $"reset session\nset terminal {t.Terminal}\nset output '{f.Name}.{t.Extension}'\n{GnuplotScript.Write(f)}unset output\n")));
        if (!await RunAsync(directory.Path, script))
        {
            return null;
        }

        var drawn = new List<(Figure, string)>();
        foreach (var figure in figures)
        {
            drawn.Add((figure, await File.ReadAllTextAsync(Path.Combine(directory.Path, figure.Name + ".svg"))));
        }

        return drawn;
    }

    /// <summary>Runs a script in a directory; false where gnuplot is missing.</summary>
    private static async Task<bool> RunAsync(string directory, string script)
    {
        var start = new ProcessStartInfo("gnuplot") { WorkingDirectory = directory, RedirectStandardInput = true, RedirectStandardError = true };
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
