using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using CreditManager.Core.Ledger;
using CreditManager.Core.Money;
using CreditManager.Core.Receipts;
using CreditManager.Core.Verification;

namespace CreditManager.Core.Tests;

public sealed class ExportWriterTests
{
    [Fact]
    public void Write_WholeLedger_IsAnExportThatVerifies()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var entry = LedgerChain.Link(
            1, DateTimeOffset.UnixEpoch.AddMilliseconds(1500), Bookings.Difference(LedgerKinds.Opening, "älice", new GrcAmount(5), "\"found\""), LedgerChain.FirstHash);
        var output = new ArrayBufferWriter<byte>();
        var writer = new ExportWriter(output);
        writer.WriteHead("provider");
        writer.WriteEntry(entry);
        var balances = new SortedDictionary<string, long>(StringComparer.Ordinal) { ["outside"] = -5, ["wallet:älice"] = 5 };
        writer.WriteTail(1, entry.Hash, balances, TextSignature.Sign(ExportText.Of("provider", 1, entry.Hash), key));

        var verifier = new ExportVerifier();
        var lines = Encoding.UTF8.GetString(output.WrittenSpan).Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.All(lines[..3], line => Assert.Null(verifier.Next(ExportLines.Read(Encoding.UTF8.GetBytes(line)))));
        Assert.Null(verifier.Finish());
    }
}
