using Benchmarks.Dispatch;
using PlatformHarness;

namespace Benchmarks.Soak;

/// <summary>Memory and file descriptors of the services, once a second.</summary>
internal sealed class ServiceGauges(Platform platform)
{
    private const double Growth = 1.5;

    private readonly Dictionary<string, List<(double Mebibytes, double Files)>> _samples = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ServiceGauge> _gauges = new(StringComparer.Ordinal);

    /// <summary>By service, as far as they are known.</summary>
    public IReadOnlyDictionary<string, ServiceGauge> All => _gauges;

    /// <summary>Looks at each service; all of them run.</summary>
    public void Sample()
    {
        foreach (var service in platform.Services)
        {
            var name = service.Name.Replace('-', '_');
            if (!_samples.TryGetValue(name, out var samples))
            {
                _samples.Add(name, samples = []);
            }

            samples.Add((service.ResidentMebibytes, service.OpenFiles));
        }
    }

    /// <summary>Takes the medians of the samples since the last call as what the services held at the beginning.</summary>
    public void Begin()
    {
        foreach (var (name, samples) in _samples)
        {
            var (mebibytes, files) = Medians(samples);
            _gauges[name] = new ServiceGauge(mebibytes, 0, files, 0);
        }

        _samples.Clear();
    }

    /// <summary>The same for the end.</summary>
    public void End()
    {
        foreach (var (name, samples) in _samples)
        {
            var (mebibytes, files) = Medians(samples);
            _gauges[name] = _gauges[name] with { EndMib = mebibytes, EndFds = files };
        }
    }

    /// <summary>What of which service has grown by more than half.</summary>
    public IEnumerable<(string Service, string Words)> Grown() =>
        from gauge in _gauges
        from figure in new (string What, double Start, double End)[]
        {
            ("MiB", gauge.Value.StartMib, gauge.Value.EndMib), ("file descriptors", gauge.Value.StartFds, gauge.Value.EndFds),
        }
        where figure.End > figure.Start * Growth
        select (gauge.Key, FormattableString.Invariant($"grew from {figure.Start} to {figure.End} {figure.What}, more than {Growth} times"));

    private static (double Mebibytes, double Files) Medians(List<(double Mebibytes, double Files)> samples) =>
        (Rate.Median(samples.Select(s => s.Mebibytes)), Rate.Median(samples.Select(s => s.Files)));
}

/// <summary>What a service held after the warm-up and at the end, at the same age and under the same load.</summary>
/// <param name="StartMib">Resident memory in MiB.</param>
/// <param name="EndMib">The same.</param>
/// <param name="StartFds">Open file descriptors.</param>
/// <param name="EndFds">The same.</param>
internal sealed record ServiceGauge(double StartMib, double EndMib, double StartFds, double EndFds);
