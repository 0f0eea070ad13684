using System.ComponentModel;
using System.Diagnostics;

namespace ContainerManager.Engines.Apptainer;

/// <summary>Where this machine itself gets Debian's packages from.</summary>
internal static class DebianMirror
{
    /// <summary>Null on a machine that is no Debian; the definition's own default holds there.</summary>
    public static async Task<string?> FindAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("apt-get") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "indextargets", "--format", "$(SITE) $(ORIGIN)/$(LABEL)", "Created-By: Packages" })
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using var process = Process.Start(start);
            var errors = process!.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await errors;
            await process.WaitForExitAsync(cancellationToken);
            return Parse(output);
        }
        catch (Win32Exception)
        {
            // There is no apt-get.
            return null;
        }
    }

    /// <summary>The first address of lines "ADDRESS ORIGIN/LABEL" that is Debian's main archive.</summary>
    internal static string? Parse(string indexTargets) =>
        indexTargets.Split('\n')
            .Select(line => line.Trim().Split(' ', 2))
            .FirstOrDefault(fields => fields is [_, "Debian/Debian"])?[0];
}
