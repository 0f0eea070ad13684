using System.Globalization;
using Experiments.Core.Courses;

namespace Experiments.Core.Expectations;

/// <summary>How much CPU time the attempts of a function used for nothing, because they did not end with success.</summary>
/// <param name="Function">The function.</param>
/// <param name="Least">The least, in vcore-seconds.</param>
/// <param name="Most">The most, in vcore-seconds.</param>
internal sealed record WasteExpectation(string Function, decimal Least, decimal Most) : Expectation
{
    public override string Sentence =>
        string.Create(CultureInfo.InvariantCulture, $"attempts of {Function} waste {Least} to {Most} vcore-seconds");

    public override Finding Examine(Course course)
    {
        var wasted = course.Attempts.Where(a => a.Function == Function && a.Ending is not ("succeeded" or "running")).Sum(a => a.UsedMicroseconds) / 1_000_000m;
        return new Finding(wasted >= Least && wasted <= Most, string.Create(CultureInfo.InvariantCulture, $"{wasted:0} vcore-seconds"));
    }
}
