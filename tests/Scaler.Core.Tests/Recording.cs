namespace Scaler.Core.Tests;

/// <summary>
/// Texts that are to stay as they were recorded in <c>Recorded/</c>. After a change that is meant, set SCP_RECORD_COURSES to that directory, run the
/// tests, and read what has changed.
/// </summary>
internal static class Recording
{
    private const string RecordTo = "SCP_RECORD_COURSES";

    public static async Task AssertIsAsRecordedAsync(string name, string text)
    {
        var file = $"{name}.txt".Replace(' ', '-');
        if (Environment.GetEnvironmentVariable(RecordTo) is { Length: > 0 } directory)
        {
            await File.WriteAllTextAsync(Path.Combine(directory, file), text);
        }

        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Recorded", file)), text);
    }
}
