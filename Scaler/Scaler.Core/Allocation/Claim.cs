namespace Scaler.Core.Allocation;

/// <summary>What one container asks of its node, in shares: floor ≤ needed ≤ wanted.</summary>
/// <param name="ContainerId">Which container.</param>
/// <param name="User">Capacity is shared fairly between users, then between the containers of each.</param>
/// <param name="FloorShares">Its minimum, or its fixed limit while it is restricted; at least 1.</param>
/// <param name="NeededShares">What it would use now.</param>
/// <param name="WantedShares">The limit it would like.</param>
/// <param name="Weight">Its part among its user's containers; a user's own weight is the greatest of its containers'.</param>
public sealed record Claim(
    string ContainerId, string User, int FloorShares, int NeededShares, int WantedShares, int Weight = Weights.Default);
