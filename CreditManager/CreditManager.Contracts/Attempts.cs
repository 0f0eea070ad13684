namespace CreditManager.Contracts;

/// <summary>How an attempt ended, as far as money is concerned.</summary>
public enum AttemptEnding
{
    /// <summary>The script did its work.</summary>
    Succeeded,

    /// <summary>The script's own doing: its exit status, its memory, its time.</summary>
    Failed,

    /// <summary>Stopped because it had cost as much as its cap allows.</summary>
    Capped,

    /// <summary>Stopped because its user was at the debt limit.</summary>
    AbortedForDebt,

    /// <summary>The platform lost or stopped it.</summary>
    PlatformFault,
}

/// <summary>What an attempt used. Sent when it starts and again when it has ended; each as often as wanted.</summary>
/// <param name="AttemptId">Unique for good: 1 to 64 of <c>a-z 0-9 -</c>.</param>
/// <param name="User">Who pays.</param>
/// <param name="Function">Which function it is of; 1 to 256 characters.</param>
/// <param name="Task">The task's key below <c>input/</c>; 1 to 1,024 bytes.</param>
/// <param name="Number">Counts the task's attempts from 1.</param>
/// <param name="ContainerId">Where it ran.</param>
/// <param name="Slot">In which slot, from 0.</param>
/// <param name="StartedAt">When the script was started.</param>
/// <param name="BeforeMicroseconds">The slot's CPU counter when it started.</param>
/// <param name="ImageSha256">Digest of the image, hexadecimal; empty where it is not known.</param>
/// <param name="ScriptSha256">Digest of the script.</param>
/// <param name="TaskSha256">Digest of the task file.</param>
/// <param name="End">How it ended; null while it runs.</param>
public sealed record AttemptReport(
    string AttemptId,
    string User,
    string Function,
    string Task,
    int Number,
    string ContainerId,
    int Slot,
    DateTimeOffset StartedAt,
    long BeforeMicroseconds,
    string ImageSha256,
    string ScriptSha256,
    string TaskSha256,
    AttemptEnd? End = null);

/// <summary>The end of an attempt.</summary>
/// <param name="Ending">How.</param>
/// <param name="EndedAt">When.</param>
/// <param name="AfterMicroseconds">The slot's CPU counter then; at least the report's <c>BeforeMicroseconds</c>.</param>
public sealed record AttemptEnd(AttemptEnding Ending, DateTimeOffset EndedAt, long AfterMicroseconds);

/// <summary>Answer to one <see cref="AttemptReport"/>.</summary>
/// <param name="AttemptId">The attempt.</param>
/// <param name="Refusal">Why it was not taken, for good; null where it was.</param>
/// <param name="Receipt">For an attempt that has ended: what it used and cost, signed. The same one however often it is asked for.</param>
/// <param name="RefundedHalfords">What was paid back of it.</param>
public sealed record AttemptAnswer(string AttemptId, string? Refusal, SignedReceipt? Receipt, long RefundedHalfords = 0);

/// <summary>An entry of the ledger with the provider's signature.</summary>
/// <param name="Format"><c>scp-receipt-1</c>.</param>
/// <param name="Provider">The provider's wallet account.</param>
/// <param name="Entry">The entry, of kind <c>attempt</c>; its details say what was used and cost, and of what.</param>
/// <param name="KeyId">SHA-256 of the key's SubjectPublicKeyInfo, hexadecimal.</param>
/// <param name="PublicKey">The key's SubjectPublicKeyInfo, base64. Whether it is the provider's has to be known from elsewhere.</param>
/// <param name="Signature">
/// ECDSA on P-256 with SHA-256 (IEEE P1363, base64) of the lines format, provider and the entry's hash, joined by line feeds.
/// </param>
public sealed record SignedReceipt(
    string Format, string Provider, LedgerEntryView Entry, string KeyId, string PublicKey, string Signature);

/// <summary>The key that receipts and exports are signed with.</summary>
/// <param name="KeyId">See <see cref="SignedReceipt"/>.</param>
/// <param name="Pem">The public key as PEM.</param>
public sealed record ProviderKey(string KeyId, string Pem);
