using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Testing;

/// <summary>Waits for something that a real process or the kernel does: looks often, gives up at a deadline, says what was awaited.</summary>
public static class Eventually
{
    /// <summary>How many times longer everything may take: SCP_TEST_PATIENCE, for emulated machines; 1 unless set.</summary>
    public static double Patience { get; } =
        double.TryParse(Environment.GetEnvironmentVariable("SCP_TEST_PATIENCE"), System.Globalization.CultureInfo.InvariantCulture, out var factor) ? factor : 1;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits until <paramref name="condition"/> holds.</summary>
    /// <param name="condition">Asked again and again.</param>
    /// <param name="timeout">30 s unless told: generous, because a busy machine is no failure.</param>
    /// <param name="what">The condition's text, filled in by the compiler.</param>
    public static Task HoldsAsync(
        Func<Task<bool>> condition, TimeSpan? timeout = null, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        FindAsync(async () => await condition().ConfigureAwait(false) ? "" : null, timeout, what);

    /// <inheritdoc cref="HoldsAsync(Func{Task{bool}}, TimeSpan?, string)"/>
    public static Task HoldsAsync(
        Func<bool> condition, TimeSpan? timeout = null, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        HoldsAsync(() => Task.FromResult(condition()), timeout, what);

    /// <summary>Waits until <paramref name="find"/> gives something, and returns it.</summary>
    public static async Task<T> FindAsync<T>(
        Func<Task<T?>> find, TimeSpan? timeout = null, [CallerArgumentExpression(nameof(find))] string what = "")
        where T : class
    {
        ArgumentNullException.ThrowIfNull(find);
        var limit = (timeout ?? TimeSpan.FromSeconds(30)) * Patience;
        var watch = Stopwatch.StartNew();
        while (true)
        {
            if (await find().ConfigureAwait(false) is { } found)
            {
                return found;
            }

            if (watch.Elapsed > limit)
            {
                throw new TimeoutException($"Not within {limit.TotalSeconds:0.#} s: {what}");
            }

            await Task.Delay(Interval, TimeProvider.System).ConfigureAwait(false);
        }
    }
}
