using System.CommandLine;
using System.Globalization;
using Experiments.Core.Reading;

namespace Experiments.Running;

/// <summary><c>run FILE…</c>.</summary>
internal static class RunCommand
{
    private static readonly Argument<string[]> Files = new("SCENARIO.yaml") { Description = "Scenario files.", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<bool> Simulated = new("--simulated") { Description = "Under a virtual clock." };
    private static readonly Option<bool> Live = new("--live") { Description = "On the real platform, with times and CPU divided." };
    private static readonly Option<int> Scale = new("--scale") { Description = "How much shorter a live run is than the scenario. 20 unless told; 1 to 100.", HelpName = "N", DefaultValueFactory = _ => 20 };
    private static readonly Option<string> Out = new("--out") { Description = "Directory for the results; made where it is missing.", Required = true, HelpName = "DIR" };
    private static readonly Option<string?> Policy = new("--policy") { Description = "The scaling policy, in the place of the file's.", HelpName = "NAME" };
    private static readonly Option<string?> Variant = new("--variant") { Description = "The only variant to run.", HelpName = "NAME" };
    private static readonly Option<long?> Seed = new("--seed") { Description = "For everything that is random, in the place of the file's.", HelpName = "N" };
    private static readonly Option<string[]> Set = new("--set") { Description = "A value in the place of the file's, such as users.alice.max_debt=-1.", HelpName = "KEY=VALUE" };
    private static readonly Option<bool> Force = new("--force") { Description = "Overwrite results in DIR." };
    private static readonly Option<bool> NoFigures = new("--no-figures") { Description = "Tables only." };

    /// <summary>The command.</summary>
    /// <param name="time">For how long it takes.</param>
    /// <param name="interrupted">Ctrl-C.</param>
    public static Command Build(TimeProvider time, CancellationToken interrupted)
    {
        var command = new Command("run", "Replays scenarios, says what is right and what is wrong, and writes tables, ledger, figures and a report.")
        {
            Files, Simulated, Live, Scale, Out, Policy, Variant, Seed, Set, Force, NoFigures,
        };
        command.SetAction((parsed, _) => RunAsync(parsed, time, interrupted));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            if (parsed.GetValue(Simulated) == parsed.GetValue(Live))
            {
                throw new ExperimentException("Exactly one of these is needed: --simulated, --live.");
            }

            if (parsed.GetValue(Scale) is < 1 or > 100)
            {
                throw new ExperimentException($"--scale: {parsed.GetValue(Scale)} is not allowed; allowed: 1 to 100.");
            }

            return await new Runner(time, Console.Out, new Gnuplot()).RunAsync(Read(parsed), cancellationToken);
        }
        catch (ExperimentException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCodes.Usage;
        }
    }

    private static RunSettings Read(ParseResult parsed)
    {
        var settings = (parsed.GetValue(Set) ?? []).Select(ReadSetting).ToList();
        if (parsed.GetValue(Seed) is { } seed)
        {
            settings.Add(new Setting("seed", seed.ToString(CultureInfo.InvariantCulture)));
        }

        return new RunSettings(
            parsed.GetValue(Files)!, parsed.GetValue(Out)!, parsed.GetValue(Force), parsed.GetValue(Policy), parsed.GetValue(Variant), settings, !parsed.GetValue(NoFigures),
            parsed.GetValue(Live) ? parsed.GetValue(Scale) : null);
    }

    private static Setting ReadSetting(string text) => text.Split('=', 2) is [{ Length: > 0 } key, var value]
        ? new Setting(key, value)
        : throw new ExperimentException($"--set: \"{text}\" is not allowed; allowed: KEY=VALUE, such as users.alice.max_debt=-1.");
}
