using System.CommandLine;
using CreditCtl.Connections;
using CreditCtl.Hosting;
using CreditCtl.Ledgers;
using CreditCtl.Output;
using CreditCtl.Statements;
using CreditManager.Core;
using CreditManager.Core.Statements;

namespace CreditCtl.Commands;

/// <summary><c>statement USER</c>.</summary>
internal sealed class StatementCommand(Terminal terminal)
{
    private readonly Argument<string> _user = new("USER") { Description = "Whose account; the provider's is possible, too." };
    private readonly Option<string?> _from = new("--from") { Description = "First day or moment, such as 2026-01-01 or 2026-01-01T12:00:00Z (UTC). Default: the beginning.", HelpName = "TIME" };
    private readonly Option<string?> _to = new("--to") { Description = "Last day, which is part of it, or the first moment after it. Default: the end.", HelpName = "TIME" };
    private readonly Option<StatementDetail?> _by = new("--by") { Description = "What to list. Default: function; with --csv: entry.", HelpName = "function|container|task|entry" };
    private readonly Option<bool> _csv = new("--csv") { Description = "Write rows for a spreadsheet." };
    private readonly Option<bool> _json = new("--json") { Description = "Write one JSON object." };
    private readonly LedgerSource _ledger = new(terminal, new ServiceOptions(terminal));

    public Command Build()
    {
        var command = new Command("statement", "A user's account: opening balance, charges, settlements, deposits, refunds, closing balance.")
        {
            _user, _from, _to, _by, _csv, _json,
        };
        _ledger.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (user, csv, json) = (parsed.GetValue(_user)!, parsed.GetValue(_csv), parsed.GetValue(_json));
        if (csv && json)
        {
            throw CtlException.Usage("--csv and --json exclude each other.");
        }

        if (!Names.IsName(user))
        {
            throw CtlException.Usage($"\"{user}\" is no user's name; allowed: {Names.Allowed}.");
        }

        var period = PeriodText.Read(parsed.GetValue(_from), parsed.GetValue(_to));
        var detail = parsed.GetValue(_by) ?? (csv ? StatementDetail.Entry : StatementDetail.Function);
        var builder = new StatementBuilder(user, period, detail);
        await _ledger.ReadAsync(parsed, line => builder.Take(line.Entry, line.Record!), cancellationToken);
        var statement = builder.Build();
        if (!statement.IsKnown)
        {
            throw new CtlException($"no entry of the ledger is about {user}.");
        }

        if (csv)
        {
            StatementCsv.Write(terminal.Out, statement, detail);
        }
        else if (json)
        {
            terminal.Out.WriteLine(StatementJson.Of(statement, detail));
        }
        else
        {
            new StatementPrinter(new Screen(terminal)).Print(statement, detail);
        }

        return ExitCodes.Right;
    }
}
