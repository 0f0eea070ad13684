using Scaler.Core.Policies;

namespace Scaler.Node;

/// <summary>CPU used over about the last second.</summary>
internal sealed class UsageRate
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    private readonly Queue<CpuSample> _samples = new();
    private int _shares;

    /// <summary>Shares used, rounded; 0 before there are two samples.</summary>
    public int Shares => Volatile.Read(ref _shares);

    /// <summary>Takes a sample in; callers take turns.</summary>
    public void Add(CpuSample sample)
    {
        while (_samples.TryPeek(out var oldest) && (sample.At - oldest.At > Window || sample.At < oldest.At) && _samples.Count > 1)
        {
            _samples.Dequeue();
        }

        if (_samples.TryPeek(out var first))
        {
            Volatile.Write(ref _shares, (int)Math.Round(sample.UsedSharesSince(first)));
        }

        _samples.Enqueue(sample);
    }
}
