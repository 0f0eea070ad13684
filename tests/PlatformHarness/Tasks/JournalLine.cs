using System.Globalization;

namespace PlatformHarness.Tasks;

/// <summary>A line of a <see cref="ScriptJournal"/>: <c>WORD SLOT/ATTEMPT NUMBER SECONDS.MICROSECONDS</c>.</summary>
/// <param name="Word"><c>start</c>, <c>end</c>, or anything for a sign of life.</param>
/// <param name="Slot">In which slot.</param>
/// <param name="AttemptId">The attempt.</param>
/// <param name="Number">The task's own number.</param>
/// <param name="At">When it was written.</param>
internal sealed record JournalLine(string Word, int Slot, string AttemptId, int Number, DateTimeOffset At)
{
    public const string Start = "start";
    public const string End = "end";

    /// <exception cref="FormatException">It is no such line.</exception>
    public static JournalLine Parse(string line)
    {
        var fields = line.Split(' ');
        if (fields is not [var word, var run, var number, var seconds] || run.Split('/') is not [var slot, var attempt])
        {
            throw new FormatException($"not a line of a script's journal: \"{line}\"");
        }

        var microseconds = (long)(decimal.Parse(seconds, CultureInfo.InvariantCulture) * 1_000_000m);
        return new JournalLine(
            word,
            int.Parse(slot, CultureInfo.InvariantCulture),
            attempt,
            int.Parse(number, CultureInfo.InvariantCulture),
            DateTimeOffset.UnixEpoch + TimeSpan.FromMicroseconds(microseconds));
    }
}
