using CreditManager.Core.Money;

namespace CreditManager.Core.Transfers;

/// <summary>What a wallet transfer is for.</summary>
public enum TransferPurpose
{
    /// <summary>Pays for charges.</summary>
    Settlement,

    /// <summary>Pays in a receipt on the development wallet.</summary>
    Deposit,
}

/// <summary>How far a transfer has come. It is stored before each step, so that a crash leaves it where it was or one step on.</summary>
public enum TransferState
{
    /// <summary>Written down, certainly not in the wallet.</summary>
    Planned,

    /// <summary>Perhaps in the wallet: it was given out and no trustworthy answer came yet.</summary>
    Sent,

    /// <summary>In the wallet and in the ledger.</summary>
    Confirmed,
}

/// <summary>What happened to a transfer.</summary>
public enum TransferEvent
{
    /// <summary>About to be given to the wallet.</summary>
    Send,

    /// <summary>The wallet said that it carried it out, or its list has it.</summary>
    Seen,

    /// <summary>It never reached the wallet, or the wallet's list does not have it and it cannot come any more.</summary>
    Absent,

    /// <summary>No answer that can be trusted.</summary>
    Unclear,
}

/// <summary>A wallet transfer of the platform.</summary>
/// <param name="Id">Unique for good.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="User">Whose money it is about.</param>
/// <param name="Source">Wallet account that gives.</param>
/// <param name="Target">Wallet account that receives.</param>
/// <param name="Amount">More than 0.</param>
/// <param name="State">How far it has come.</param>
public sealed record Transfer(
    string Id, TransferPurpose Purpose, string User, string Source, string Target, GrcAmount Amount, TransferState State)
{
    private const string SettlementPrefix = "settlement:";
    private const string DepositPrefix = "deposit:";

    /// <summary>What the wallet keeps with the transfer; the platform finds it again by this.</summary>
    public string Comment => CommentOf(Purpose, Id);

    /// <summary>Whether a comment may be one of the platform's.</summary>
    public static bool IsComment(string comment)
    {
        ArgumentNullException.ThrowIfNull(comment);
        return comment.StartsWith(SettlementPrefix, StringComparison.Ordinal) || comment.StartsWith(DepositPrefix, StringComparison.Ordinal);
    }

    /// <summary>The comment of a transfer.</summary>
    public static string CommentOf(TransferPurpose purpose, string id) => purpose switch
    {
        TransferPurpose.Settlement => SettlementPrefix + id,
        TransferPurpose.Deposit => DepositPrefix + id,
        _ => throw new ArgumentOutOfRangeException(nameof(purpose), purpose, null),
    };
}
