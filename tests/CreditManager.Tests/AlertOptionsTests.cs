using CreditManager.Options;
using Testing;

namespace CreditManager.Tests;

public sealed class AlertOptionsTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Validate_Default_IsAllowed() => Assert.Empty(new AlertOptions().Validate());

    [Fact]
    public void Validate_ManyWrongSettings_NamesEachWithWhatIsAllowed()
    {
        var options = new AlertOptions
        {
            ThresholdsGrc = [1, 0.123456789m, 3_000_000_000m],
            WebhookUrl = new Uri("https://user:password@example.org/"),
            Timeout = TimeSpan.Zero,
            RetryFrom = TimeSpan.FromHours(2),
            RetryUpTo = TimeSpan.FromHours(1),
            GiveUpAfter = TimeSpan.FromDays(31),
        };
        Assert.Equal(
            ["thresholds_grc.1", "thresholds_grc.2", "webhook_url", "secret_file", "timeout", "retry_from", "retry_up_to", "give_up_after"],
            options.Validate().Select(e => e.Split(':')[0]));
        Assert.All(options.Validate(), e => Assert.Contains("allowed", e, StringComparison.Ordinal));
        Assert.DoesNotContain(options.Validate(), e => e.Contains("password@", StringComparison.Ordinal));
    }

    [Fact]
    public void Validate_TooManyThresholds_SaysHowMany()
    {
        Assert.Empty(new AlertOptions { ThresholdsGrc = [.. Enumerable.Range(0, 20).Select(i => (decimal)i)] }.Validate());
        Assert.Contains("at most 20", Assert.Single(new AlertOptions { ThresholdsGrc = [.. Enumerable.Range(0, 21).Select(i => (decimal)i)] }.Validate()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, UnixFileMode.None, "does not exist")]
    [InlineData("", UnixFileMode.UserRead, "at least 16 characters")]
    [InlineData("too-short\n0123456789abcdef\n", UnixFileMode.UserRead, "at least 16 characters")]
    [InlineData("0123456789abcdef\n", UnixFileMode.UserRead | UnixFileMode.GroupRead, "open to other users")]
    public void Validate_SecretFileThatCannotBeUsed_SaysWhy(string? text, UnixFileMode mode, string problem)
    {
        var file = _directory.Combine("secret");
        if (text is not null)
        {
            File.WriteAllText(file, text);
            File.SetUnixFileMode(file, mode);
        }

        var error = Assert.Single(new AlertOptions { WebhookUrl = new Uri("http://127.0.0.1/"), SecretFile = file }.Validate());
        Assert.StartsWith($"secret_file: \"{file}\"", error, StringComparison.Ordinal);
        Assert.Contains(problem, error, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadSecret_File_IsItsFirstLine()
    {
        var file = _directory.Combine("secret");
        File.WriteAllText(file, " 0123456789abcdef \nmore\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead);
        var options = new AlertOptions { WebhookUrl = new Uri("http://127.0.0.1/"), SecretFile = file, Secret = "another" };
        Assert.Empty(options.Validate());
        Assert.Equal("0123456789abcdef", options.ReadSecret());
    }
}
