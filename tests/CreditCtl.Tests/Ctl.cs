using CreditCtl.Hosting;

namespace CreditCtl.Tests;

/// <summary>What a run of the program left.</summary>
internal sealed record CtlResult(int ExitCode, string Out, string Error);

/// <summary>Runs the program in this process.</summary>
internal static class Ctl
{
    public static Task<CtlResult> RunAsync(params string[] args) => RunAsync(_ => null, args);

    public static async Task<CtlResult> RunAsync(Func<string, string?> environment, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await CommandLine.RunAsync(args, new Terminal(output, error, environment, TimeProvider.System, null, ShowsProgress: false));
        return new CtlResult(exitCode, output.ToString(), error.ToString());
    }
}
