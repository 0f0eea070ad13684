using System.Buffers;
using CreditManager.Core.Verification;

namespace CreditCtl.Ledgers;

/// <summary>Reads an exported ledger in blocks of whole lines and reads the lines on all cores, in order, without holding the file.</summary>
internal static class LedgerBlocks
{
    /// <summary>No line of an export is longer: the last one grows with the accounts and stays far below.</summary>
    public const int LongestLine = 64 << 20;

    private const int BlockSize = 1 << 18;

    /// <summary>The lines, some at a time.</summary>
    public static async IAsyncEnumerable<ExportLine[]> ReadAsync(
        Stream stream, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var blocks = new BlockReader(stream, BlockSize, LongestLine);
        var pending = new Queue<Task<ExportLine[]>>();
        var ahead = 2 * Environment.ProcessorCount;
        var more = true;
        while (more || pending.Count > 0)
        {
            while (more && pending.Count < ahead)
            {
                var block = await blocks.ReadAsync(cancellationToken);
                more = block is not null;
                if (block is not null)
                {
                    pending.Enqueue(Task.Run(() => Parse(block), cancellationToken));
                }
            }

            if (pending.TryDequeue(out var next))
            {
                yield return await next;
            }
        }
    }

    private static ExportLine[] Parse(LineBlock block)
    {
        try
        {
            return Split(block);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block.Buffer);
        }
    }

    private static ExportLine[] Split(LineBlock block)
    {
        var lines = new List<ExportLine>();
        var rest = block.Buffer.AsMemory(0, block.Length);
        while (rest.Length > 0)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            lines.Add(ReadLine(end < 0 ? rest : rest[..end], terminated: end >= 0));
            rest = end < 0 ? default : rest[(end + 1)..];
        }

        if (block.TooLong)
        {
            lines.Add(new BadLine($"the line is longer than {LongestLine >> 20} MiB; no line of an exported ledger is."));
        }

        return [.. lines];
    }

    private static ExportLine ReadLine(ReadOnlyMemory<byte> line, bool terminated) => ExportLines.Read(line) switch
    {
        BadLine bad when !terminated => new BadLine($"the file ends within this line: it was cut short. ({bad.Fault.TrimEnd('.')})"),
        var read => read,
    };
}
