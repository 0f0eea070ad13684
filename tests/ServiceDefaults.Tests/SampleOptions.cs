namespace ServiceDefaults.Tests;

internal enum SampleColor
{
    Red,
    DarkBlue,
}

/// <summary>One of everything that settings can be.</summary>
internal sealed class SampleOptions : IPlatformOptions
{
    public string Text { get; set; } = "default";

    public string? OptionalText { get; set; } = "default";

    public bool Flag { get; set; }

    public int Count { get; set; } = 7;

    public int? OptionalCount { get; set; } = 7;

    public long LargeCount { get; set; }

    public double Ratio { get; set; }

    public decimal MaxDebt { get; set; }

    public TimeSpan Period { get; set; } = TimeSpan.FromSeconds(1);

    public Uri? Address { get; set; }

    public SampleColor Color { get; set; }

    public SampleGroup Group { get; set; } = new();

    public IReadOnlyList<string> Names { get; set; } = [];

    public List<SampleGroup> Groups { get; set; } = [];

    public string Computed => Text + "!";

    public IEnumerable<string> Validate()
    {
        if (Count < 0)
        {
            yield return $"count: {Count} is not allowed; allowed: 0 or more.";
        }
    }
}

internal sealed class SampleGroup
{
    public int Inner { get; set; } = 1;

    public string? Name { get; set; }
}

internal sealed class SampleItem : IPlatformOptions
{
    public string? Name { get; set; }

    public IEnumerable<string> Validate() => Name is null ? ["name: missing."] : [];
}
