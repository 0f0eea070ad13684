using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CreditManager.Core.Ledger;
using CreditManager.Core.Receipts;
using CreditManager.Core.Tests.Ledgers;
using CreditManager.Core.Verification;
using FsCheck;
using FsCheck.Fluent;

namespace CreditManager.Core.Tests;

public sealed class ExportVerifierTests
{
    private static readonly IReadOnlyList<LedgerEntry> Entries = LedgerBuilder.Everything().Entries;

    private readonly List<string> _lines = Exports.Everything();

    [Fact]
    public void Finish_UntouchedExport_IsRight()
    {
        var verifier = new ExportVerifier();
        Assert.Null(Exports.Verify(_lines, verifier));
        Assert.Equal(("provider", 26L, 7), (verifier.Provider, verifier.Entries, verifier.Balances.Count));
        Assert.Equal(Entries[^1].Hash, verifier.Trailer!.LastHash);
    }

    [Fact]
    public void Finish_EmptyLedger_IsRight() => Assert.Null(Exports.Verify(ExportBuilder.Lines([], Exports.Key)));

    /// <summary>The first line is covered by the signature alone, and so is found at the last.</summary>
    [Fact]
    public void Next_AnySingleChangeOfAnyMember_IsFoundOnItsLine() => Prop.ForAll(LineMutation.Of(_lines).ToArbitrary(), mutation =>
    {
        var lines = _lines.ToList();
        lines[mutation.Line] = mutation.After;
        var fault = Exports.Verify(lines);
        return fault is not null && (fault.Line == mutation.Line + 1 || (mutation.Line == 0 && fault.Line == lines.Count));
    }).Check(Seeded.Config.WithMaxTest(1000));

    [Fact]
    public void Next_AnyLineRemoved_IsFound()
    {
        for (var i = 0; i < _lines.Count; i++)
        {
            var lines = _lines.ToList();
            lines.RemoveAt(i);
            Assert.Equal(Math.Min(i + 1, lines.Count), Exports.Verify(lines)?.Line);
        }
    }

    [Fact]
    public void Next_AnyLineDoubled_IsFoundAtTheSecond()
    {
        for (var i = 0; i < _lines.Count; i++)
        {
            var lines = _lines.ToList();
            lines.Insert(i, lines[i]);
            Assert.Equal(i + 2, Exports.Verify(lines)?.Line);
        }
    }

    [Fact]
    public void Next_AnyTwoNeighboursSwapped_AreFoundAtTheFirst()
    {
        for (var i = 0; i + 1 < _lines.Count; i++)
        {
            var lines = _lines.ToList();
            (lines[i], lines[i + 1]) = (lines[i + 1], lines[i]);
            Assert.Equal(i + 1, Exports.Verify(lines)?.Line);
        }
    }

    [Fact]
    public void Finish_CutShortAnywhere_SaysThatTheLastLineIsMissing()
    {
        for (var length = 1; length < _lines.Count; length++)
        {
            var fault = Exports.Verify(_lines.Take(length));
            Assert.Equal(
                new LedgerFault(length, null, "the file ends here without its last line, which says how many entries there are and is signed: it was cut short."), fault);
        }
    }

    [Fact]
    public void Finish_NoLines_SaysThatTheFileIsEmpty() => Assert.Equal(
        "line 1: the file is empty; an exported ledger has at least a first and a last line.", Exports.Verify([])!.ToString());

    [Fact]
    public void Next_LineAfterTheLast_IsFound() => Assert.Equal(
        new LedgerFault(_lines.Count + 1, null, "the line comes after the file's last line; nothing should."), Exports.Verify([.. _lines, "{}"]));

    [Theory]
    [InlineData("hello", "the file is no exported ledger: the line is not a JSON object (byte 1).")]
    [InlineData("", "the file is no exported ledger: the line is not a JSON object (byte 1).")]
    [InlineData("[1]", "the file is no exported ledger: the line is a list; it should be a JSON object.")]
    [InlineData("7", "the file is no exported ledger: the line is 7; it should be a JSON object.")]
    [InlineData("{\"a\":1}", "the file is no exported ledger: the line is no part of an exported ledger.")]
    [InlineData("{\"format\":\"scp-ledger-export-2\",\"provider\":\"p\"}", "the file is no exported ledger: format is \"scp-ledger-export-2\"; it should be \"scp-ledger-export-1\": this program reads no other version.")]
    [InlineData("{\"format\":\"scp-ledger-export-1\",\"provider\":\"*\"}", "the file is no exported ledger: provider is \"*\"; it should be 1 to 64 of A-Z a-z 0-9 . _ -.")]
    [InlineData("{\"format\":\"scp-ledger-export-1\"}", "the file is no exported ledger: provider is missing.")]
    [InlineData("{\"format\":\"scp-ledger-export-1\",\"provider\":\"p\",\"x\":1}", "the file is no exported ledger: x is not part of this format; its members are format, provider.")]
    [InlineData("{\"format\":\"scp-ledger-export-1\",\"format\":\"scp-ledger-export-1\"}", "the file is no exported ledger: the line has a member twice.")]
    public void Next_FirstLineOfSomethingElse_SaysWhatItIs(string line, string expected)
    {
        var fault = Exports.Verify([line]);
        Assert.Equal(new LedgerFault(1, null, expected), fault);
    }

    [Fact]
    public void Next_EntryFirst_SaysWhatShouldBe() => Assert.Equal(
        "line 1, entry 1: the first line should be {\"format\":\"scp-ledger-export-1\",\"provider\":…}.", Exports.Verify(_lines.Skip(1))!.ToString());

    [Fact]
    public void Next_FirstLineAgain_IsNamed() => Assert.Equal(
        "line 2: the line is a first line in the middle of the file; an entry or the last line should be here.", Exports.Verify([_lines[0], _lines[0]])!.ToString());

    [Fact]
    public void Next_UnreadableEntry_IsNamedByItsLine() =>
        Assert.Equal("line 2: sequence is \"1\"; it should be a whole number.", Exports.Verify([_lines[0], _lines[1].Replace("\"sequence\":1,", "\"sequence\":\"1\",", StringComparison.Ordinal)])!.ToString());

    [Theory]
    [InlineData("entries", 25L, "entries is 25; it should be 26, as many as the file has.")]
    [InlineData("last_hash", "00", "last_hash is \"00\"; it should be \"{0}\", the hash of the last entry.")]
    [InlineData("key_id", "00", "the key id is 00, and that of the public key is {1}.")]
    [InlineData("public_key", "AAAA", "the public key is none of ECDSA on P-256 (SubjectPublicKeyInfo in base64).")]
    [InlineData("public_key", "AAA", "public_key is not base64.")]
    [InlineData("signature", " AAAA", "signature is not base64.")]
    [InlineData("signature", "AAAA", "the signature is not of this text by this key.")]
    [InlineData("balances", 1L, "balances is 1; it should be an object.")]
    public void Next_LastLineChanged_SaysWhat(string member, object value, string expected)
    {
        var trailer = JsonNode.Parse(_lines[^1])!;
        trailer[member] = JsonValue.Create(value);
        _lines[^1] = trailer.ToJsonString();
        var keyId = TextSignature.IdOf(Exports.Key.ExportSubjectPublicKeyInfo());
        var fault = expected.Replace("{0}", Entries[^1].Hash, StringComparison.Ordinal).Replace("{1}", keyId, StringComparison.Ordinal);
        Assert.Equal(new LedgerFault(28, null, fault), Exports.Verify(_lines));
    }

    [Theory]
    [InlineData("wallet:alice", 1L, "balances.wallet:alice is 1; the entries make 396499982.")]
    [InlineData("wallet:eve", 0L, "balances.wallet:eve is there; no entry names this account.")]
    [InlineData("wallet:bob", null, "balances.wallet:bob is missing; the entries make 39900012.")]
    [InlineData("wallet:alice", 1.5, "balances.wallet:alice is 1.5; it should be a whole number of at most 64 bits.")]
    public void Next_BalanceChanged_SaysWhatTheEntriesMake(string account, object? value, string expected)
    {
        var trailer = JsonNode.Parse(_lines[^1])!;
        var balances = trailer["balances"]!.AsObject();
        balances.Remove(account);
        if (value is not null)
        {
            balances[account] = JsonValue.Create(value);
        }

        _lines[^1] = trailer.ToJsonString();
        Assert.Equal(expected, Exports.Verify(_lines)!.What);
    }

    [Fact]
    public void Next_EmptyAccountLeftOut_IsRight()
    {
        var ledger = new LedgerBuilder().Coins(LedgerKinds.Deposit, 5).Coins(LedgerKinds.Withdrawal, -5);
        var lines = ExportBuilder.Lines(ledger.Entries, Exports.Key);
        var trailer = JsonNode.Parse(lines[^1])!;
        trailer["balances"] = new JsonObject();
        lines[^1] = trailer.ToJsonString();
        Assert.Null(Exports.Verify(lines));
    }

    [Fact]
    public void Next_KeyGiven_MustBeTheOneThatSigned()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (right, wrong) = (TextSignature.IdOf(Exports.Key.ExportSubjectPublicKeyInfo()), TextSignature.IdOf(other.ExportSubjectPublicKeyInfo()));
        Assert.Null(Exports.Verify(_lines, new ExportVerifier(right)));
        Assert.Equal($"key_id is {right}; the given key's is {wrong}: somebody else signed.", Exports.Verify(_lines, new ExportVerifier(wrong))!.What);
    }

    [Fact]
    public void Next_OtherProviderUnderTheSameSignature_IsFound()
    {
        _lines[0] = ExportBuilder.Head("mallory");
        Assert.Equal(new LedgerFault(28, null, "the signature is not of this text by this key."), Exports.Verify(_lines));
    }

    [Fact]
    public void Finish_EndsWithinASettlement_IsFoundAtTheLastLine()
    {
        var ledger = new LedgerBuilder().Book(Bookings.Settlement("s", "alice", "provider", new(5))[0]);
        var fault = Exports.Verify(ExportBuilder.Lines(ledger.Entries, Exports.Key));
        Assert.Equal(new LedgerFault(3, null, "the ledger ends within settlement s; an entry of kind \"clearing\" should follow."), fault);
    }

    [Fact]
    public void Next_Receipts_MustBeEntriesOfTheLedger()
    {
        var attempt = Entries.First(e => e.Draft.Kind == LedgerKinds.Attempt);
        Assert.Null(Exports.Verify(_lines, new ExportVerifier(receipts: [attempt, attempt])));

        var other = attempt with { Hash = new string('f', 64) };
        var fault = Exports.Verify(_lines, new ExportVerifier(receipts: [other]));
        Assert.Equal((attempt.Sequence + 1, attempt.Sequence), (fault!.Line, fault.Sequence));
        Assert.Equal(
            $"the receipt of this entry has the hash {other.Hash}; the ledger's entry has {attempt.Hash}: one of the two was not what the provider booked.", fault.What);
        Assert.Equal("two receipts are of this entry and differ.", Exports.Verify(_lines, new ExportVerifier(receipts: [attempt, other]))!.What);
    }

    [Fact]
    public void Next_ReceiptOfALaterEntry_SaysThatTheLedgerIsShorter()
    {
        var later = Entries[0] with { Sequence = 99 };
        var fault = Exports.Verify(_lines, new ExportVerifier(receipts: [later, later with { Sequence = 27 }]));
        Assert.Equal(new LedgerFault(28, null, "the ledger ends at entry 26; there is a receipt of entry 27."), fault);
    }
}
