namespace Traces;

/// <summary>One function's day in a trace.</summary>
/// <param name="Owner">Who pays; a hash.</param>
/// <param name="App">What it was deployed with; a hash.</param>
/// <param name="Name">Its own hash.</param>
/// <param name="Trigger">What calls it: <c>http</c>, <c>timer</c>, <c>queue</c>, <c>event</c>, <c>storage</c>, <c>orchestration</c> or <c>others</c>.</param>
/// <param name="PerMinute">Invocations in each minute of the day, <see cref="Minutes"/> of them.</param>
/// <param name="Duration">How long an invocation runs.</param>
/// <param name="Memory">What its app holds.</param>
internal sealed record TraceFunction(
    string Owner, string App, string Name, string Trigger, int[] PerMinute, DurationProfile Duration, MemoryProfile Memory)
{
    public const int Minutes = 1440;
    public const string Timer = "timer";
}
