using System.Net;
using System.Security.Cryptography;
using System.Text;
using ContainerManager.Buckets;
using ContainerManager.Core.Buckets;
using ContainerManager.Functions;
using ContainerManager.Stores;
using CreditManager.Contracts;
using ServiceDefaults.Client;

namespace ContainerManager.Billing;

/// <summary>Takes top-up receipts out of <c>funds/</c>, claims them, and answers beside them.</summary>
internal sealed partial class FundsDesk(IObjectStore store, ICreditApi credit, ILogger<FundsDesk> logger)
{
    private const int MaxReceiptBytes = 1024;
    private const string ProblemSource = "funds";

    /// <summary>Looks at every receipt once.</summary>
    public async Task RunCycleAsync(FunctionContext function, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        await foreach (var item in store.ListAsync(function.Bucket, BucketLayout.Funds, null, cancellationToken).ConfigureAwait(false))
        {
            if (IsReceipt(item) && await TryHandleAsync(function, item, cancellationToken).ConfigureAwait(false) is { } problem)
            {
                problems.Add(problem);
            }
        }

        function.Problems.Set(ProblemSource, problems);
    }

    private static bool IsReceipt(ObjectInfo item) =>
        BucketLayout.NameBelow(BucketLayout.Funds, item.Key, item.Length) is not null
        && !item.Key.StartsWith(BucketLayout.FundsAccepted, StringComparison.Ordinal)
        && !item.Key.StartsWith(BucketLayout.FundsRejected, StringComparison.Ordinal);

    private static string ClaimId(string bucket, ObjectInfo item) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{bucket}\0{item.Key}\0{item.Version}")));

    private async Task<string?> TryHandleAsync(FunctionContext function, ObjectInfo item, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await ClaimAsync(function, item, cancellationToken).ConfigureAwait(false);
            if (outcome.Result == DepositResult.Pending)
            {
                return $"{item.Key}: {outcome.Reason}";
            }

            await AnswerAsync(function.Bucket, item, outcome, cancellationToken).ConfigureAwait(false);
            LogAnswered(function.Name, item.Key, outcome.Result, outcome.Reason);
            return null;
        }
        catch (ApiException e)
        {
            return e.IsTransient ? $"{item.Key} waits: billing not reachable." : $"{item.Key} waits: {e.Message}";
        }
        catch (ObjectStoreException e) when (e.Failure is StoreFailure.NotFound or StoreFailure.Changed)
        {
            // Replaced or taken away while we looked: the next listing tells.
            return null;
        }
        catch (ObjectStoreException e) when (e.Failure is StoreFailure.InvalidName)
        {
            return $"{item.Key}: {e.Message}";
        }
    }

    private async Task<DepositOutcome> ClaimAsync(FunctionContext function, ObjectInfo item, CancellationToken cancellationToken)
    {
        var text = item.Length > MaxReceiptBytes
            ? null
            : await store.ReadTextAsync(function.Bucket, item.Key, MaxReceiptBytes, cancellationToken).ConfigureAwait(false);
        if (text is null)
        {
            return new DepositOutcome(DepositResult.Rejected, 0, $"A receipt is a transaction id or an amount; this file is longer than {MaxReceiptBytes} bytes.");
        }

        try
        {
            return await credit.ClaimDepositAsync(
                function.Row.User, new DepositClaim(ClaimId(function.Bucket, item), text.Trim()), cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e) when (e.Status is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity)
        {
            return new DepositOutcome(DepositResult.Rejected, 0, e.Message);
        }
    }

    private async Task AnswerAsync(string bucket, ObjectInfo item, DepositOutcome outcome, CancellationToken cancellationToken)
    {
        var name = item.Key[BucketLayout.Funds.Length..];
        var target = outcome.Result == DepositResult.Accepted ? BucketLayout.AcceptedKey(name) : BucketLayout.RejectedKey(name);
        // The reason first: after a crash in between the claim is repeated, gives the same answer and pays nothing twice.
        await store.PutTextAsync(bucket, target + ".txt", outcome.Reason + "\n", cancellationToken).ConfigureAwait(false);
        await store.MoveAsync(bucket, item.Key, target, item.Version, cancellationToken).ConfigureAwait(false);
    }
}
