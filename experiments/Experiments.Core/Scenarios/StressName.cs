using System.Globalization;
using System.Text.RegularExpressions;

namespace Experiments.Core.Scenarios;

/// <summary>The names of stress tasks: <c>&lt;n&gt;.&lt;cores&gt;-&lt;seconds&gt;.txt</c>, as the image's script reads them.</summary>
internal static partial class StressName
{
    /// <summary>What a refused name should have looked like.</summary>
    public const string Allowed = "<n>.<cores>-<seconds>.txt with cores from 1 to 999 and seconds from 1 to 999999, such as 100.2-60.txt";

    /// <summary>The task of that name; null where it is none.</summary>
    public static ScenarioTask? Read(string name)
    {
        var match = Shape().Match(name);
        return match.Success
            ? new ScenarioTask(name, Number(match.Groups["cores"]), TimeSpan.FromSeconds(Number(match.Groups["seconds"])))
            : null;
    }

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[^.]*\.(?<cores>[1-9][0-9]{0,2})-(?<seconds>[1-9][0-9]{0,5})\.txt$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
