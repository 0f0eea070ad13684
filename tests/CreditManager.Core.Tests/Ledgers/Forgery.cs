using System.Text.Json.Nodes;
using CreditManager.Core.Ledger;
using CreditManager.Core.Money;
using CreditManager.Core.Verification;

namespace CreditManager.Core.Tests.Ledgers;

/// <summary>Histories with one lie in them whose hashes are right: only the figures can tell.</summary>
internal static class Forgery
{
    /// <summary>What the verifier says of the history of every kind with one entry changed, and of which entry.</summary>
    public static (long? Sequence, string? Fault) Of(long sequence, Func<LedgerDraft, LedgerDraft> change) =>
        Verify(LedgerBuilder.Forge(LedgerBuilder.Everything().Entries, sequence, change));

    /// <summary>The same with a member of the details changed; null takes it out.</summary>
    public static (long? Sequence, string? Fault) OfDetails(long sequence, string member, JsonNode? value) =>
        Of(sequence, draft => draft with { Details = Edit(draft.Details, member, value) });

    public static LedgerDraft Amount(LedgerDraft draft, long halfords) => draft with { Amount = new GrcAmount(halfords) };

    /// <summary>The first fault and its entry; a fault at the end has none.</summary>
    public static (long? Sequence, string? Fault) Verify(IEnumerable<LedgerEntry> entries)
    {
        var verifier = new LedgerVerifier();
        foreach (var entry in entries)
        {
            if (verifier.Next(entry) is { } fault)
            {
                return (entry.Sequence, fault);
            }
        }

        return (null, verifier.Finish());
    }

    /// <summary>Details with one member changed; a path such as <c>parts.0.halfords</c> goes into lists and objects.</summary>
    public static string Edit(string details, string path, JsonNode? value)
    {
        var root = JsonNode.Parse(details)!;
        var steps = path.Split('.');
        var parent = steps.SkipLast(1).Aggregate(root, (node, step) => int.TryParse(step, out var index) ? node[index]! : node[step]!);
        if (value is null)
        {
            Assert.True(parent.AsObject().Remove(steps[^1]));
        }
        else
        {
            parent[steps[^1]] = value;
        }

        return root.ToJsonString();
    }
}
