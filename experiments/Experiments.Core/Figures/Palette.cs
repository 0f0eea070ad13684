namespace Experiments.Core.Figures;

/// <summary>Colours that people with any kind of colour vision can tell apart (Okabe and Ito, 2008).</summary>
internal static class Palette
{
    public const string Blue = "#0072B2";
    public const string Vermillion = "#D55E00";
    public const string Green = "#009E73";
    public const string Purple = "#CC79A7";
    public const string Orange = "#E69F00";
    public const string Sky = "#56B4E9";
    public const string Black = "#222222";
    public const string Grey = "#777777";
}
