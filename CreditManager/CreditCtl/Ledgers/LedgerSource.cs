using System.CommandLine;
using CreditCtl.Connections;
using CreditCtl.Hosting;
using CreditCtl.Output;
using CreditManager.Core.Verification;

namespace CreditCtl.Ledgers;

/// <summary>The ledger that a command works on: a file, or the service's. Either is verified on the way, so that no figure is made of a wrong one.</summary>
internal sealed class LedgerSource(Terminal terminal, ServiceOptions service)
{
    private readonly Option<string?> _file = new("--ledger")
    {
        Description = "An exported ledger in the place of the running service; - for the standard input.",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_file);
        service.AddTo(command);
    }

    /// <summary>Hands every entry on and returns the verifier at the end of the ledger.</summary>
    /// <exception cref="CtlException">The ledger is not right.</exception>
    public async Task<ExportVerifier> ReadAsync(ParseResult parsed, Action<EntryLine> take, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_file) is { } file)
        {
            await using var stream = LedgerFile.Open(file);
            return await ReadAsync(file, stream, take, cancellationToken);
        }

        ExportVerifier? verifier = null;
        await service.WithApiAsync(parsed, async api =>
        {
            await using var stream = await api.ExportLedgerAsync(cancellationToken);
            try
            {
                verifier = await ReadAsync("the service's ledger", stream, take, cancellationToken);
            }
            catch (Exception e) when (e is IOException or HttpRequestException)
            {
                throw new CtlException($"the service broke off before the end of the ledger: {e.Message}", ExitCodes.Refused, e);
            }

            return ExitCodes.Right;
        });
        return verifier!;
    }

    /// <summary>Hands every entry of a stream on.</summary>
    /// <exception cref="CtlException">The ledger is not right.</exception>
    public async Task<ExportVerifier> ReadAsync(string name, Stream stream, Action<EntryLine> take, CancellationToken cancellationToken)
    {
        var verifier = new ExportVerifier();
        using var progress = new ProgressLine(terminal, "entries");
        var fault = await LedgerFile.WalkAsync(stream, verifier, take, progress, cancellationToken);
        return fault is null ? verifier : throw new CtlException($"{name} is not right, so nothing is made of it: {fault}");
    }
}
