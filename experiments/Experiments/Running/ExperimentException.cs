namespace Experiments.Running;

/// <summary>Something that the person has to put right; the message says what and how.</summary>
internal sealed class ExperimentException(string message) : Exception(message);

/// <summary>How the command ends.</summary>
internal static class ExitCodes
{
    /// <summary>Everything is as expected.</summary>
    public const int Right = 0;

    /// <summary>Something is not.</summary>
    public const int Wrong = 1;

    /// <summary>Wrong arguments, or a scenario that cannot be read.</summary>
    public const int Usage = 2;

    /// <summary>Somebody ended it by Ctrl-C.</summary>
    public const int Interrupted = 130;
}
