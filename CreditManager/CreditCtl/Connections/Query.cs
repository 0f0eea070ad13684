using System.CommandLine;
using System.Text.Json;
using CreditCtl.Hosting;
using CreditCtl.Output;
using CreditManager.Contracts;
using ServiceDefaults.Client;

namespace CreditCtl.Connections;

/// <summary>Makes the commands that ask CreditManager something and show the answer.</summary>
internal static class Query
{
    /// <summary>A command.</summary>
    /// <param name="terminal">Where the answer is shown.</param>
    /// <param name="name">The command's name.</param>
    /// <param name="description">For --help.</param>
    /// <param name="symbols">Its arguments and options.</param>
    /// <param name="ask">Gets the answer.</param>
    /// <param name="print">Shows it to a person; programs get it as JSON.</param>
    public static Command Build<T>(
        Terminal terminal,
        string name,
        string description,
        IReadOnlyList<Symbol> symbols,
        Func<ICreditApi, ParseResult, CancellationToken, Task<T>> ask,
        Action<Screen, T> print)
    {
        var service = new ServiceOptions(terminal);
        var json = new Option<bool>("--json") { Description = "Write the answer as JSON: amounts in halfords, 100,000,000 to the GRC." };
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            Add(command, symbol);
        }

        command.Options.Add(json);
        service.AddTo(command);
        command.SetAction((parsed, cancellationToken) => service.WithApiAsync(parsed, async api =>
        {
            var answer = await ask(api, parsed, cancellationToken);
            if (parsed.GetValue(json))
            {
                terminal.Out.WriteLine(JsonSerializer.Serialize(answer, ApiJson.Tolerant));
            }
            else
            {
                print(new Screen(terminal), answer);
            }

            return ExitCodes.Right;
        }));
        return command;
    }

    private static void Add(Command command, Symbol symbol)
    {
        switch (symbol)
        {
            case Argument argument:
                command.Arguments.Add(argument);
                break;
            case Option option:
                command.Options.Add(option);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(symbol), symbol, null);
        }
    }
}
