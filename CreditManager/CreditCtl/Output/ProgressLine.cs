using System.Globalization;
using CreditCtl.Hosting;

namespace CreditCtl.Output;

/// <summary>A line on the terminal that says how far a long work has come; nothing where nobody sees it.</summary>
/// <param name="terminal">Where it is shown.</param>
/// <param name="unit">What is counted.</param>
internal sealed class ProgressLine(Terminal terminal, string unit) : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    private readonly long _began = terminal.Time.GetTimestamp();
    private long _shownAt = terminal.Time.GetTimestamp();
    private bool _shown;

    /// <summary>Time since the work began.</summary>
    public TimeSpan Elapsed => terminal.Time.GetElapsedTime(_began);

    public void Tell(long count)
    {
        if (terminal.ShowsProgress && terminal.Time.GetElapsedTime(_shownAt) >= Period)
        {
            (_shown, _shownAt) = (true, terminal.Time.GetTimestamp());
            terminal.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{count:N0} {unit}"));
        }
    }

    /// <summary>Takes the line away again.</summary>
    public void Dispose()
    {
        if (_shown)
        {
            _shown = false;
            terminal.Error.Write("\r\u001b[K");
        }
    }
}
