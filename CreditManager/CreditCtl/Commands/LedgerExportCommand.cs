using System.CommandLine;
using CreditCtl.Connections;
using CreditCtl.Hosting;
using CreditCtl.Ledgers;
using CreditCtl.Output;
using CreditManager.Contracts;

namespace CreditCtl.Commands;

/// <summary><c>ledger export</c>.</summary>
internal sealed class LedgerExportCommand(Terminal terminal)
{
    private readonly Option<string?> _out = new("--out") { Description = "The file to write, whole or not at all; an older one is replaced. Default: the standard output.", HelpName = "FILE" };
    private readonly ServiceOptions _service = new(terminal);

    public Command Build()
    {
        var command = new Command("export", "Writes the whole ledger as lines of JSON that \"ledger verify\" and anyone else can check.") { _out };
        _service.AddTo(command);
        command.SetAction((parsed, cancellationToken) => _service.WithApiAsync(parsed, async api =>
        {
            if (parsed.GetValue(_out) is { } path)
            {
                await SaveAsync(api, path, cancellationToken);
            }
            else
            {
                await using var ledger = await api.ExportLedgerAsync(cancellationToken);
                await using var output = Console.OpenStandardOutput();
                await new LedgerCopy(ledger, terminal).ToAsync(output, cancellationToken);
            }

            return ExitCodes.Right;
        }));
        return command;
    }

    private async Task SaveAsync(ICreditApi api, string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new AtomicFile(path);
            await using var ledger = await api.ExportLedgerAsync(cancellationToken);
            var copy = new LedgerCopy(ledger, terminal);
            await copy.ToAsync(file.Stream, cancellationToken);
            await file.CompleteAsync(cancellationToken);
            terminal.Error.WriteLine($"{path}: {Figures.Count(copy.Lines - 2)} entries, {Figures.Count(copy.Bytes)} bytes.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CtlException.Usage($"{path} cannot be written: {e.Message}", e);
        }
    }
}
