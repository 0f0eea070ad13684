using System.Diagnostics;

namespace Testing;

/// <summary>Runs a program as a user would.</summary>
public static class Shell
{
    /// <summary>Runs a bash script and returns what it prints.</summary>
    /// <param name="script">The script; the arguments are <c>$1</c> and so on.</param>
    /// <param name="arguments">Passed as they are, never read as text of the script.</param>
    /// <exception cref="InvalidOperationException">The script ended with another status than 0.</exception>
    public static async Task<string> RunAsync(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-euc", script, "bash", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("bash was not started.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().ConfigureAwait(false);
        return process.ExitCode == 0
            ? await output.ConfigureAwait(false)
            : throw new InvalidOperationException($"{script}: status {process.ExitCode}: {await errors.ConfigureAwait(false)}");
    }
}
