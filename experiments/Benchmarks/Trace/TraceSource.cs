using System.Globalization;
using Traces;
using Traces.Generation;
using Traces.Layout;

namespace Benchmarks.Trace;

/// <summary>Where the day comes from: files, or a seed.</summary>
internal sealed class TraceSource(string? directory, int? day, IncompleteFunctions incomplete, int? functions, ulong seed)
{
    private const int DefaultFunctions = 10_000;
    private TraceReader? _reader;

    public IEnumerable<TraceFunction> Functions()
    {
        if (directory is null)
        {
            return TraceGenerator.Generate(functions ?? DefaultFunctions, seed);
        }

        _reader = new TraceReader(TraceFiles.Find(directory, day), incomplete);
        return _reader.Read().Take(functions ?? int.MaxValue);
    }

    /// <summary>For people, once it has been read.</summary>
    public string Describe() => _reader is null
        ? string.Create(CultureInfo.InvariantCulture, $"a day made from seed {seed}")
        : string.Create(CultureInfo.InvariantCulture, $"a day of {directory}, {_reader.Skipped} incomplete functions left out; arrivals within a minute from seed {seed}");
}
