using ContainerManager.Core;
using ContainerManager.Core.Settings;
using ServiceDefaults;

namespace ContainerManager;

/// <summary>An item of the section <c>functions</c>: registered at every start, as <c>PUT /functions/{name}</c> would.</summary>
internal sealed class FunctionOptions : IPlatformOptions
{
    /// <summary>Its name: 1 to 63 of <c>a-z 0-9 -</c>. Required.</summary>
    public string Name { get; set; } = "";

    /// <summary>Who pays. Required.</summary>
    public string User { get; set; } = "";

    /// <summary>Its bucket; the function's name where left out.</summary>
    public string? Bucket { get; set; }

    /// <summary>Ceiling of the CPU limit in shares (100 = one core); the node's cores where left out.</summary>
    public int? MaxShares { get; set; }

    /// <summary>Ceiling of the memory limit, for example <c>2GiB</c>. Default 1GiB.</summary>
    public string? MaxMemory { get; set; }

    /// <summary>Ceiling of tasks at a time. Default 8.</summary>
    public int? MaxSlots { get; set; }

    /// <summary>Whether <c>function.yaml</c> may ask for the network. Default false.</summary>
    public bool AllowNetwork { get; set; }

    /// <summary>False starts nothing. Default true.</summary>
    public bool Active { get; set; } = true;

    /// <summary>The ceiling of memory in bytes; null where left out.</summary>
    internal long? MaxMemoryBytes => ByteSizeText.TryParse(MaxMemory, out var bytes) ? bytes : null;

    /// <inheritdoc/>
    public IEnumerable<string> Validate()
    {
        if (!string.IsNullOrEmpty(MaxMemory) && MaxMemoryBytes is null)
        {
            yield return $"max_memory: \"{MaxMemory}\" is not allowed; allowed: {ByteSizeText.Allowed}.";
        }

        foreach (var error in RegistrationRules.Check(Name, User, Bucket ?? Name, MaxShares, MaxMemoryBytes, MaxSlots))
        {
            yield return InTheseWords(error);
        }
    }

    // The rules speak of the API's members, of which two have another name here.
    private static string InTheseWords(string error) => error.StartsWith("function:", StringComparison.Ordinal)
        ? "name" + error["function".Length..]
        : error.Replace("max_memory_bytes:", "max_memory:", StringComparison.Ordinal);
}
