namespace Traces.Generation;

/// <summary>A distribution given by what part of all values is not above a value, with straight lines between.</summary>
/// <param name="points">Rising in both, from part 0 to part 1.</param>
internal sealed class QuantileTable(params (double Part, double Value)[] points)
{
    /// <summary>The value that <paramref name="part"/> of all are not above.</summary>
    public double At(double part)
    {
        var i = 1;
        while (i < points.Length - 1 && part >= points[i].Part)
        {
            i++;
        }

        var (low, high) = (points[i - 1], points[i]);
        return low.Value + ((high.Value - low.Value) * ((part - low.Part) / (high.Part - low.Part)));
    }
}
