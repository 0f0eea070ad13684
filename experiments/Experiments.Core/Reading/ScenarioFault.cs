using System.Globalization;

namespace Experiments.Core.Reading;

/// <summary>Something that is wrong with a scenario file.</summary>
/// <param name="Line">From 1; 0 where it is no particular line.</param>
/// <param name="What">The key, what it says and what is allowed, as a sentence.</param>
internal sealed record ScenarioFault(long Line, string What)
{
    /// <summary>With the file's name before it, as editors and compilers write it.</summary>
    public string In(string file) => Line > 0
        ? string.Create(CultureInfo.InvariantCulture, $"{file}:{Line}: {What}")
        : $"{file}: {What}";
}
