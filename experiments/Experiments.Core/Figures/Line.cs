namespace Experiments.Core.Figures;

/// <summary>A line of a figure.</summary>
/// <param name="Label">What it is; written beside it.</param>
/// <param name="Colour">See <see cref="Palette"/>.</param>
/// <param name="Points">In order of time, seconds and value; null where there is nothing, so that the line has a gap.</param>
internal sealed record Line(string Label, string Colour, IReadOnlyList<(double Seconds, double? Value)> Points)
{
    /// <summary>Whether a value holds until the next one.</summary>
    public bool IsStep { get; init; } = true;

    /// <summary>Whether it is a bound rather than something that was measured.</summary>
    public bool IsDashed { get; init; }

    public double Width { get; init; } = 2;

    /// <summary>The last value; null for a line that has none.</summary>
    public double? Last => Points.LastOrDefault(p => p.Value is not null).Value;

    /// <summary>The same value from start to end.</summary>
    public static Line Constant(string label, string colour, double value, double end) =>
        new(label, colour, [(0, value), (end, value)]) { IsDashed = true, Width = 1.5 };
}

/// <summary>A stretch of time that is shaded.</summary>
internal sealed record Shade(string Label, string Colour, double From, double To);

/// <summary>A moment that is marked.</summary>
internal sealed record Mark(string Label, double Seconds);

/// <summary>A figure against time.</summary>
/// <param name="Name">Of its files.</param>
/// <param name="Title">Above it.</param>
/// <param name="Unit">Of the values, for the axis.</param>
/// <param name="End">Where time ends, in seconds.</param>
/// <param name="Lines">What it shows.</param>
/// <param name="Shades">Behind the lines.</param>
/// <param name="Marks">Beside them.</param>
internal sealed record Figure(
    string Name, string Title, string Unit, double End, IReadOnlyList<Line> Lines, IReadOnlyList<Shade> Shades, IReadOnlyList<Mark> Marks)
{
    /// <summary>Whether values are whole, so that the axis has none between.</summary>
    public bool IsCount { get; init; }

    /// <summary>What values the figure has room for: those of its lines and zero, with a little air.</summary>
    public (double Least, double Most) Range()
    {
        var values = Lines.SelectMany(l => l.Points).Select(p => p.Value).OfType<double>().Append(0).ToList();
        var (least, most) = (values.Min(), values.Max());
        var air = Math.Max((most - least) * 0.08, 0.01);
        return (least < 0 ? least - air : 0, most + (3 * air));
    }
}
