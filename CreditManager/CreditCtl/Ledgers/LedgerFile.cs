using CreditCtl.Hosting;
using CreditCtl.Output;
using CreditManager.Core.Verification;

namespace CreditCtl.Ledgers;

/// <summary>Walks through an exported ledger and checks it on the way.</summary>
internal static class LedgerFile
{
    /// <summary>The word for the standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>Opens a file to be read once, from its beginning to its end.</summary>
    /// <exception cref="CtlException">It cannot be read.</exception>
    public static Stream Open(string path)
    {
        if (path == StandardInput)
        {
            return Console.OpenStandardInput();
        }

        try
        {
            return new FileStream(path, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, BufferSize = 0 });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CtlException.Usage($"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Takes every line; the first fault, or null.</summary>
    /// <param name="stream">The ledger.</param>
    /// <param name="verifier">Checks it.</param>
    /// <param name="take">Is given every entry that is right.</param>
    /// <param name="progress">Is told how far it has come.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    public static async Task<LedgerFault?> WalkAsync(
        Stream stream, ExportVerifier verifier, Action<EntryLine> take, ProgressLine progress, CancellationToken cancellationToken)
    {
        await foreach (var lines in LedgerBlocks.ReadAsync(stream, cancellationToken))
        {
            foreach (var line in lines)
            {
                if (verifier.Next(line) is { } fault)
                {
                    return fault;
                }

                if (line is EntryLine entry)
                {
                    take(entry);
                }
            }

            progress.Tell(verifier.Entries);
        }

        return verifier.Finish();
    }
}
