using System.CommandLine;
using Experiments.Core.Sweeps;

namespace Experiments.Running;

/// <summary><c>sweep FILE</c>.</summary>
internal static class SweepCommand
{
    private const int MostRepetitions = 10_000;

    private static readonly Argument<string> File = new("SCENARIO.yaml") { Description = "A scenario file." };
    private static readonly Option<string[]> Varied = new("--vary") { Description = "A key and its values.", Required = true, HelpName = "KEY=A,B,C" };
    private static readonly Option<int> Repeat = new("--repeat") { Description = "Repetitions of each combination, with different seeds.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private static readonly Option<string> Out = new("--out") { Description = "Directory for the results; made where it is missing.", Required = true, HelpName = "DIR" };
    private static readonly Option<bool> Force = new("--force") { Description = "Overwrite results in DIR." };

    public static Command Build()
    {
        var command = new Command("sweep", "Replays a scenario with every combination of values, several at a time, and writes a table and a figure.") { File, Varied, Repeat, Out, Force };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            var repeat = parsed.GetValue(Repeat);
            if (repeat is < 1 or > MostRepetitions)
            {
                throw new ExperimentException($"--repeat: {repeat} is not allowed; allowed: 1 to {MostRepetitions}.");
            }

            var varied = parsed.GetValue(Varied)!.Select(v => Vary.Read(v) ?? throw new ExperimentException($"--vary: \"{v}\" is not allowed; allowed: {Vary.Allowed}.")).ToList();
            return await new Sweeper(Console.Out, new Gnuplot()).RunAsync(parsed.GetValue(File)!, varied, repeat, parsed.GetValue(Out)!, parsed.GetValue(Force), cancellationToken);
        }
        catch (ExperimentException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCodes.Usage;
        }
    }
}
