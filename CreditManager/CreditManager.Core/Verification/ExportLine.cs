using CreditManager.Core.Ledger;
using CreditManager.Core.Receipts;
using CreditManager.Core.Records;

namespace CreditManager.Core.Verification;

/// <summary>A line of an exported ledger.</summary>
public abstract record ExportLine;

/// <summary>The first line: what the file is and whose.</summary>
/// <param name="Provider">The provider's wallet account.</param>
public sealed record HeaderLine(string Provider) : ExportLine;

/// <summary>An entry, with everything computed that needs no other line.</summary>
/// <param name="Entry">What the line says.</param>
/// <param name="ContentHash">The hash that its content has.</param>
/// <param name="Record">What its details say; null where they cannot be read.</param>
/// <param name="Unreadable">Why not.</param>
public sealed record EntryLine(LedgerEntry Entry, string ContentHash, EntryRecord? Record, string? Unreadable) : ExportLine;

/// <summary>The last line: what all lines before it come to, signed by the provider.</summary>
/// <param name="Entries">How many entries there are.</param>
/// <param name="LastHash">Hash of the last one; <see cref="LedgerChain.FirstHash"/> where there is none.</param>
/// <param name="Balances">Halfords by account.</param>
/// <param name="Signature">Of <see cref="ExportText"/>.</param>
public sealed record TrailerLine(
    long Entries, string LastHash, IReadOnlyDictionary<string, long> Balances, TextSignature Signature) : ExportLine;

/// <summary>A line that cannot be read.</summary>
/// <param name="Fault">Why, as a sentence.</param>
public sealed record BadLine(string Fault) : ExportLine;
