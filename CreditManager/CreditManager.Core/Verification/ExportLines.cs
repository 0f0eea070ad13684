using CreditManager.Core.Ledger;
using CreditManager.Core.Money;
using CreditManager.Core.Receipts;
using CreditManager.Core.Records;

namespace CreditManager.Core.Verification;

/// <summary>Reads single lines of an exported ledger, in any order and on any thread.</summary>
public static class ExportLines
{
    private static readonly string[] HeaderMembers = ["format", "provider"];

    private static readonly string[] EntryMembers =
        ["sequence", "at", "kind", "debit", "credit", "amount_halfords", "details", "previous_hash", "hash"];

    private static readonly string[] TrailerMembers = ["entries", "last_hash", "balances", "key_id", "public_key", "signature"];

    /// <summary>What a line says.</summary>
    /// <param name="utf8">The line without its end.</param>
    public static ExportLine Read(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            return JsonFields.Read<ExportLine>(utf8, "", ReadAny);
        }
        catch (FormatException e)
        {
            return new BadLine(e.Message);
        }
    }

    /// <summary>Computes of an entry what needs no other entry.</summary>
    public static EntryLine Examine(LedgerEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var hash = LedgerChain.Hash(entry);
        try
        {
            return new EntryLine(entry, hash, EntryReader.Read(entry.Draft), null);
        }
        catch (FormatException e)
        {
            return new EntryLine(entry, hash, null, e.Message);
        }
    }

    private static ExportLine ReadAny(JsonFields f) => f switch
    {
        _ when f.Has("sequence"u8) => Examine(ReadEntry(f)),
        _ when f.Has("entries"u8) => ReadTrailer(f),
        _ when f.Has("format"u8) => ReadHeader(f),
        _ => throw new FormatException("the line is no part of an exported ledger."),
    };

    private static HeaderLine ReadHeader(JsonFields f)
    {
        var format = f.Text("format"u8);
        if (format != ExportText.Format)
        {
            throw f.Wrong("format"u8, $"\"{ExportText.Format}\": this program reads no other version");
        }

        var provider = f.Text("provider"u8);
        f.AllowOnly(HeaderMembers);
        return Names.IsName(provider) ? new HeaderLine(provider) : throw f.Wrong("provider"u8, Names.Allowed);
    }

    /// <summary>An entry of an export or a receipt.</summary>
    internal static LedgerEntry ReadEntry(JsonFields f)
    {
        var draft = new LedgerDraft(
            f.Text("kind"u8), f.Text("debit"u8), f.Text("credit"u8), new GrcAmount(f.Whole("amount_halfords"u8)), f.Text("details"u8));
        var entry = new LedgerEntry(f.Whole("sequence"u8), f.MachineTime("at"u8), draft, f.Text("previous_hash"u8), f.Text("hash"u8));
        f.AllowOnly(EntryMembers);
        return entry;
    }

    private static TrailerLine ReadTrailer(JsonFields f)
    {
        var trailer = new TrailerLine(
            f.Whole("entries"u8),
            f.Text("last_hash"u8),
            f.Object("balances"u8, b => b.WholeMembers()),
            new TextSignature(f.Text("key_id"u8), f.Text("public_key"u8), f.Text("signature"u8)));
        f.AllowOnly(TrailerMembers);
        return trailer;
    }
}
