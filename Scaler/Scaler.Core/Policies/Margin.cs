namespace Scaler.Core.Policies;

/// <summary>
/// What a limit keeps above a level demand: little, since a demand that rises is seen by being held back for a part of one period. The boundary
/// is the most that is kept, not what is always kept: a tenth of a core above every container would be a tenth of the node unused.
/// </summary>
/// <param name="Shares">Distance of the limit from the peak of demand.</param>
/// <param name="UpwardSlack">The limit stays while it is short of the target by no more than this.</param>
/// <param name="DownwardSlack">The limit stays while it is beyond the target by no more than this.</param>
internal readonly record struct Margin(double Shares, double UpwardSlack, double DownwardSlack)
{
    /// <summary>Kept above a peak, as a part of it.</summary>
    private const double Part = 0.02;

    /// <summary>Even an idle container keeps a tenth of a core: at a limit below the kernel's tick of 4 ms a period it could not even show its demand.</summary>
    private const double LeastLimit = 10;

    private const double Least = 2;

    /// <param name="peakShares">The peak of demand.</param>
    /// <param name="boundaryShares">The most that is kept.</param>
    /// <param name="comesAndGoes">Whether demand has lately fallen and returned: then its next peak may be higher than the last.</param>
    public static Margin For(double peakShares, int boundaryShares, bool comesAndGoes)
    {
        var distance = comesAndGoes ? boundaryShares : Math.Max(Math.Max(Least, peakShares * Part), LeastLimit - peakShares);
        var shares = Math.Min(distance, boundaryShares);
        return new Margin(shares, shares * 2 / 3, Math.Max(1, shares / 2));
    }
}
