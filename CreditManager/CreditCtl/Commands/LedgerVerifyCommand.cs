using System.CommandLine;
using CreditCtl.Hosting;
using CreditCtl.Ledgers;
using CreditCtl.Output;
using CreditManager.Core.Verification;

namespace CreditCtl.Commands;

/// <summary><c>ledger verify FILE</c>.</summary>
internal sealed class LedgerVerifyCommand(Terminal terminal)
{
    private readonly Argument<string> _file = new("FILE") { Description = "The exported ledger; - for the standard input." };
    private readonly Option<string?> _key = KeyFile.Option();
    private readonly Option<string[]> _receipts = new("--receipts")
    {
        Description = "Receipts that must be in the ledger.",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print the result as one JSON object." };

    public Command Build()
    {
        var command = new Command(
            "verify",
            "Recomputes every hash, balance and charge of an exported ledger and says the first line that is wrong. Needs no service.")
        {
            _file, _key, _receipts, _json,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var file = parsed.GetValue(_file)!;
        var keyId = KeyFile.ReadId(parsed.GetValue(_key));
        var receipts = (parsed.GetValue(_receipts) ?? []).Select(path => ReceiptFile.Read(path, keyId)).ToList();
        var verifier = new ExportVerifier(keyId, receipts.Select(r => r.Entry));
        var tally = new LedgerTally();
        await using var stream = LedgerFile.Open(file);
        using var progress = new ProgressLine(terminal, "entries");
        var fault = await LedgerFile.WalkAsync(stream, verifier, tally.Take, progress, cancellationToken);
        progress.Dispose();
        var report = new VerifyReport(verifier, tally, receipts.Count, keyId is not null, progress.Elapsed);
        if (parsed.GetValue(_json))
        {
            terminal.Out.WriteLine(report.ToJson(fault));
            return fault is null ? ExitCodes.Right : ExitCodes.Wrong;
        }

        if (fault is not null)
        {
            throw new CtlException($"{file}: {fault}");
        }

        report.Print(new Screen(terminal));
        return ExitCodes.Right;
    }
}
