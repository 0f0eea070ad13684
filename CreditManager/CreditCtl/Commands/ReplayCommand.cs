using System.CommandLine;
using CreditCtl.Connections;
using CreditCtl.Hosting;
using CreditCtl.Ledgers;
using CreditCtl.Output;
using CreditCtl.Replays;
using CreditManager.Core.Money;
using CreditManager.Core.Replay;

namespace CreditCtl.Commands;

/// <summary><c>replay LEDGER</c>.</summary>
internal sealed class ReplayCommand(Terminal terminal)
{
    private readonly Argument<string> _ledger = new("LEDGER") { Description = "The exported ledger; - for the standard input." };
    private readonly Option<string?> _tariff = new("--tariff")
    {
        Description = "Prices to try: YAML with vcore_seconds_per_grc, gib_seconds_per_grc and refunds_platform_faults. Default: the recorded ones.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _maxDebt = new("--max-debt") { Description = "Debt limit of every user, at most 0. Default: none, as if nobody were frozen.", HelpName = "GRC" };
    private readonly Option<string?> _block = new("--min-coin-movement") { Description = "Count the settlements that blocks of this size would make.", HelpName = "GRC" };
    private readonly Option<bool> _json = new("--json") { Description = "Write one JSON object." };

    public Command Build()
    {
        var command = new Command(
            "replay",
            "Recomputes a recorded period under another price or debt limit: per user and in sum, what would have been charged, and when debt would have ended it.")
        {
            _ledger, _tariff, _maxDebt, _block, _json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var terms = new ReplayTerms(
            parsed.GetValue(_tariff) is { } file ? TariffFile.Read(file, SmallFile.Read(file)) : null,
            AmountText.Read("--max-debt", parsed.GetValue(_maxDebt), a => a <= GrcAmount.Zero, "at most 0"),
            AmountText.Read("--min-coin-movement", parsed.GetValue(_block), a => a > GrcAmount.Zero, "more than 0"));
        if (terms == new ReplayTerms())
        {
            throw CtlException.Usage("nothing is to be different; say --tariff, --max-debt or --min-coin-movement.");
        }

        var path = parsed.GetValue(_ledger)!;
        var replay = new LedgerReplay(terms);
        await using var stream = LedgerFile.Open(path);
        var verifier = await new LedgerSource(terminal, new ServiceOptions(terminal))
            .ReadAsync(path, stream, line => replay.Take(line.Entry, line.Record!), cancellationToken);
        var result = replay.Close(verifier.Provider);
        if (parsed.GetValue(_json))
        {
            terminal.Out.WriteLine(ReplayJson.Of(result));
        }
        else
        {
            new ReplayPrinter(new Screen(terminal)).Print(result, terms);
        }

        return ExitCodes.Right;
    }
}
