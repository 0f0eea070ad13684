using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Traces.Replay;

namespace Benchmarks.Trace;

/// <summary>What a run of the trace benchmark found.</summary>
/// <param name="Functions">How many there were.</param>
/// <param name="Invocations">Of all of them in the day.</param>
/// <param name="Policies">One for each way of keeping containers warm.</param>
/// <param name="Digest">SHA-256 of all figures: the same for the same input.</param>
/// <param name="WallSeconds">How long reading or making the day and replaying it under all policies took.</param>
internal sealed record TraceFigures(int Functions, long Invocations, IReadOnlyList<PolicyFigures> Policies, string Digest, double WallSeconds)
{
    public static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static TraceFigures Of(Popularity popularity, IReadOnlyList<PolicyResult> results, TimeSpan wall) => new(
        popularity.Functions,
        popularity.Invocations,
        [.. results.Select(PolicyFigures.Of)],
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', results.Select(TraceTable.Csv))))),
        Math.Round(wall.TotalSeconds, 2));
}

/// <summary>One policy's figures; amounts in halfords.</summary>
/// <param name="Policy">Its name.</param>
/// <param name="ColdStarts">Invocations that waited for a start.</param>
/// <param name="ColdShare">Their part of all.</param>
/// <param name="ContainerSeconds">Containers being up, added up.</param>
/// <param name="HeldGibSeconds">Memory that the provider held.</param>
/// <param name="IdleGibSeconds">The part of it in idle containers.</param>
/// <param name="UsedVcoreSeconds">CPU time used.</param>
/// <param name="CostOfUsedHalfords">Paid by all users where used CPU is billed: the provider's income.</param>
/// <param name="CostOfAllocatedHalfords">The same where allocated CPU is billed.</param>
/// <param name="IdleCostHalfords">What the idle memory costs the provider.</param>
internal sealed record PolicyFigures(
    string Policy,
    long ColdStarts,
    double ColdShare,
    long ContainerSeconds,
    long HeldGibSeconds,
    long IdleGibSeconds,
    double UsedVcoreSeconds,
    long CostOfUsedHalfords,
    long CostOfAllocatedHalfords,
    long IdleCostHalfords)
{
    private const int BytesPerGibExponent = 30;

    public static PolicyFigures Of(PolicyResult r) => new(
        r.Policy,
        r.Totals.ColdStarts,
        Math.Round(r.ColdShare, 6),
        r.Totals.Held / 1_000_000,
        r.HeldByteSeconds >> BytesPerGibExponent,
        r.IdleByteSeconds >> BytesPerGibExponent,
        r.UsedMicroseconds / 1e6,
        r.CostOfUsed.Halfords,
        r.CostOfAllocated.Halfords,
        r.IdleCost.Halfords);
}
