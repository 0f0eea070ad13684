namespace Testing;

/// <summary>The small images of <see cref="TestImages"/>.</summary>
public enum TestImage
{
    /// <summary>bash, sh and the everyday tools.</summary>
    WithBash,

    /// <summary>sh and the everyday tools.</summary>
    WithoutBash,

    /// <summary>A program, but no shell.</summary>
    WithoutShell,
}
