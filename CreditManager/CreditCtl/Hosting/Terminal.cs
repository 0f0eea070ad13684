namespace CreditCtl.Hosting;

/// <summary>Where the program runs: what it writes to, and what its environment says.</summary>
/// <param name="Out">Results.</param>
/// <param name="Error">Errors and progress.</param>
/// <param name="Environment">Value of an environment variable, or null.</param>
/// <param name="Time">The clock.</param>
/// <param name="Width">Columns of the terminal that results go to; null where they go elsewhere: then nothing is wrapped or coloured.</param>
/// <param name="ShowsProgress">Whether errors go to a terminal.</param>
internal sealed record Terminal(
    TextWriter Out, TextWriter Error, Func<string, string?> Environment, TimeProvider Time, int? Width, bool ShowsProgress)
{
    private const int NarrowestTerminal = 40;

    public static Terminal OfProcess() => new(
        Console.Out,
        Console.Error,
        System.Environment.GetEnvironmentVariable,
        TimeProvider.System,
        Console.IsOutputRedirected ? null : Math.Max(Console.WindowWidth, NarrowestTerminal),
        !Console.IsErrorRedirected);
}
