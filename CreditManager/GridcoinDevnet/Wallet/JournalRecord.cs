using System.Text.Json.Serialization;

namespace GridcoinDevnet.Wallet;

/// <summary>One line of the journal: something that changed the wallet. Amounts are halfords, times seconds since 1970.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "op")]
[JsonDerivedType(typeof(WalletCreated), "create")]
[JsonDerivedType(typeof(AddressMade), "address")]
[JsonDerivedType(typeof(Moved), "move")]
[JsonDerivedType(typeof(Received), "receive")]
[JsonDerivedType(typeof(ConfirmationsSet), "confirmations")]
internal abstract record JournalRecord;

/// <summary>The first line. All addresses and keys follow from the seed (hexadecimal).</summary>
internal sealed record WalletCreated(string Seed, long Time) : JournalRecord;

/// <summary>An account was given its next address.</summary>
internal sealed record AddressMade(string Account) : JournalRecord;

/// <summary>Coins moved between accounts.</summary>
internal sealed record Moved(string From, string To, long Halfords, string Comment, long Time) : JournalRecord;

/// <summary>Coins came from the chain (told by a test: there is no chain).</summary>
internal sealed record Received(string TxId, string Account, string Address, long Halfords, int Confirmations, long Time) : JournalRecord;

/// <summary>A transaction is now so deep in the chain.</summary>
internal sealed record ConfirmationsSet(string TxId, int Confirmations) : JournalRecord;
