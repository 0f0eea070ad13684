using System.CommandLine;
using System.Globalization;
using CreditCtl.Hosting;
using CreditCtl.Ledgers;
using CreditCtl.Output;
using CreditManager.Core.Ledger;
using CreditManager.Core.Verification;

namespace CreditCtl.Commands;

/// <summary><c>receipt verify FILE</c>.</summary>
internal sealed class ReceiptVerifyCommand(Terminal terminal)
{
    private readonly Argument<string> _file = new("FILE") { Description = "A receipt: receipts/TASK.json of a bucket, or a signed receipt alone." };
    private readonly Option<string?> _key = KeyFile.Option();
    private readonly Option<string?> _ledger = new("--ledger") { Description = "An exported ledger that the receipt must be in.", HelpName = "FILE" };

    public Command Build()
    {
        var command = new Command("verify", "Checks a receipt: what it says was used and cost, its hash, its signature, and whether it is in a ledger. Needs no service.")
        {
            _file, _key, _ledger,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var keyId = KeyFile.ReadId(parsed.GetValue(_key));
        var receipt = ReceiptFile.Read(parsed.GetValue(_file)!, keyId);
        if (parsed.GetValue(_ledger) is { } ledger)
        {
            await FindInAsync(ledger, receipt, cancellationToken);
        }

        Print(receipt, keyId is not null, parsed.GetValue(_ledger) is not null);
        return ExitCodes.Right;
    }

    /// <summary>Ledger and receipt are signed by one key, so that the one proves the other.</summary>
    private async Task FindInAsync(string ledger, ReceiptProof receipt, CancellationToken cancellationToken)
    {
        var verifier = new ExportVerifier(receipt.Signature.KeyId, [receipt.Entry]);
        await using var stream = LedgerFile.Open(ledger);
        using var progress = new ProgressLine(terminal, "entries");
        if (await LedgerFile.WalkAsync(stream, verifier, _ => { }, progress, cancellationToken) is { } fault)
        {
            throw new CtlException($"{ledger}: {fault}");
        }

        if (verifier.Provider != receipt.Provider)
        {
            throw new CtlException($"{ledger} is the ledger of {verifier.Provider}; the receipt is of {receipt.Provider}.");
        }
    }

    private void Print(ReceiptProof receipt, bool keyGiven, bool inLedger)
    {
        var (facts, cost) = (receipt.Attempt.Facts, receipt.Attempt.Cost);
        var screen = new Screen(terminal);
        screen.Title($"The receipt of {receipt.Provider} is right.");
        screen.Facts(
        [
            ("task", $"{facts.Task}, attempt {facts.Number} ({facts.AttemptId}), function {facts.Function}"),
            ("user", facts.User),
            ("ran", $"{Figures.Time(facts.StartedAt)} to {Figures.Time(facts.EndedAt)} in container {facts.ContainerId}, and ended as {LedgerDetails.Word(facts.Outcome)}"),
            ("used", $"{Figures.VcoreSeconds(facts.AfterMicroseconds - facts.BeforeMicroseconds)} vcore-seconds"),
            ("cost", $"{cost} GRC at {Prices(receipt)} vcore-seconds per GRC"),
            ("image", Digest(facts.ImageSha256)),
            ("script", Digest(facts.ScriptSha256)),
            ("task file", Digest(facts.TaskSha256)),
            ("booked", $"{Figures.Time(receipt.Entry.At)} as entry {receipt.Entry.Sequence} of the ledger, hash {receipt.Entry.Hash}"),
            ("in the ledger", inLedger ? "yes" : "not looked for (--ledger)"),
            ("signature", keyGiven ? $"right, by the given key {receipt.Signature.KeyId}" : $"right, by the key {receipt.Signature.KeyId}, which the receipt itself names; whether it is the provider's must be known from elsewhere (--key)"),
        ]);
    }

    private static string Digest(string sha256) => sha256.Length == 0 ? "not known" : "sha256 " + sha256;

    private static string Prices(ReceiptProof receipt) =>
        string.Join(", then ", receipt.Attempt.Parts.Select(p => p.Tariff.VcoreSecondsPerGrc.ToString(CultureInfo.InvariantCulture)));
}
