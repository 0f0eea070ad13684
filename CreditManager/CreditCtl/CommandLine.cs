using System.CommandLine;
using System.Net;
using CreditCtl.Commands;
using CreditCtl.Hosting;
using CreditCtl.Output;
using ServiceDefaults.Client;

namespace CreditCtl;

/// <summary>Runs one command and turns every expected failure into one sentence and an exit code.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args, Terminal terminal)
    {
        try
        {
            var parsed = Root(terminal).Parse(args);
            if (parsed.Errors.Count > 0)
            {
                throw CtlException.Usage($"{string.Join(" ", parsed.Errors.Select(e => e.Message))} See {Path(parsed)} --help.");
            }

            var configuration = new InvocationConfiguration { Output = terminal.Out, Error = terminal.Error, EnableDefaultExceptionHandler = false };
            return await parsed.InvokeAsync(configuration);
        }
        catch (CtlException e)
        {
            return Fail(terminal, e.Message, e.ExitCode);
        }
        catch (ApiException e)
        {
            return Fail(terminal, e.Message, e.Status == HttpStatusCode.NotFound ? ExitCodes.Wrong : ExitCodes.Refused);
        }
        catch (OperationCanceledException)
        {
            return Fail(terminal, "stopped.", ExitCodes.Refused);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(terminal, e.Message, ExitCodes.Usage);
        }
    }

    private static RootCommand Root(Terminal terminal)
    {
        var root = new RootCommand(
            "Looks into the money of a ServerlessCreditPlatform: what users own and owe, whether the ledger and receipts are right, and what would change under "
            + $"other prices. {ExitCodes.Described}");
        foreach (var command in AllCommands.Of(terminal))
        {
            root.Subcommands.Add(command);
        }

        return root;
    }

    private static int Fail(Terminal terminal, string message, int exitCode)
    {
        terminal.Error.WriteLine($"creditctl: {Printable.Line(message)}");
        return exitCode;
    }

    private static string Path(ParseResult parsed)
    {
        var names = new List<string>();
        for (var result = parsed.CommandResult; result is not null; result = result.Parent as System.CommandLine.Parsing.CommandResult)
        {
            names.Insert(0, result.Command is RootCommand ? "creditctl" : result.Command.Name);
        }

        return string.Join(' ', names);
    }
}
