namespace ServiceDefaults;

/// <summary>A section of a service's configuration.</summary>
public interface IPlatformOptions
{
    /// <summary>One sentence per impossible value, starting with the setting's name; empty where all is well.</summary>
    IEnumerable<string> Validate();
}
