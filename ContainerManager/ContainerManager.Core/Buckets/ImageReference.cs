using System.Text.RegularExpressions;

namespace ContainerManager.Core.Buckets;

/// <summary>The name of an image in a registry, as the OCI distribution specification has it.</summary>
/// <param name="Name">Registry, where one is named, and repository: <c>registry.example.org:5000/team/tool</c>.</param>
/// <param name="Version">A tag, or a digest: <c>sha256:</c> and 64 hexadecimal digits.</param>
public sealed partial record ImageReference(string Name, string Version)
{
    /// <summary>What <see cref="Parse"/> takes, in words.</summary>
    public const string Allowed = "the name of an image in a registry, such as debian:13, registry.example.org/team/tool:1.2 or tool@sha256:…";

    private const int MostCharacters = 255;
    private const string Latest = "latest";

    /// <summary>Reads <c>NAME</c>, <c>NAME:TAG</c> or <c>NAME@DIGEST</c>; null where it is none of these. Without tag and digest it is <c>latest</c>.</summary>
    public static ImageReference? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MostCharacters || Pattern().Match(text) is not { Success: true } match)
        {
            return null;
        }

        var version = match.Groups["digest"].Success ? match.Groups["digest"] : match.Groups["tag"];
        return new ImageReference(match.Groups["name"].Value, version.Success ? version.Value : Latest);
    }

    /// <inheritdoc/>
    public override string ToString() => Name + (Version.Contains(':', StringComparison.Ordinal) ? "@" : ":") + Version;

    [GeneratedRegex(
        @"\A(?<name>([a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?/)?[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*)"
        + @"(:(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(@(?<digest>sha256:[0-9a-f]{64}))?\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
