using CreditManager.Core.Alerts;
using CreditManager.Core.Money;
using ServiceDefaults;

namespace CreditManager.Options;

/// <summary>Section <c>alerts</c>: what users are told when their funds run low, and where. Durations as in <see cref="DurationText"/>.</summary>
internal sealed class AlertOptions : IPlatformOptions
{
    private const int MostThresholds = 20;
    private const int ShortestSecret = 16;

    /// <summary>
    /// Balances in GRC at or below which an alert is raised, at most 20, below zero for debts. Default: each user's own minimum balance,
    /// and 0. Changes of standing are always told.
    /// </summary>
    public IReadOnlyList<decimal>? ThresholdsGrc { get; set; }

    /// <summary>Where each alert is posted as JSON; unset tells them by log and API only. Redirects are not followed.</summary>
    public Uri? WebhookUrl { get; set; }

    /// <summary>File whose first line is the secret that calls are signed with: at least 16 characters, readable by its owner only.</summary>
    public string? SecretFile { get; set; }

    /// <summary>In the place of the file, by the environment (<c>SCP_ALERTS__SECRET</c>).</summary>
    public string? Secret { get; set; }

    /// <summary>How long the webhook may take to answer: 100 ms to 1 min. Default 10 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait after a first call that failed; the wait doubles from call to call. 100 ms to 1 h. Default 1 s.</summary>
    public TimeSpan RetryFrom { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait: <see cref="RetryFrom"/> to 1 d. Default 5 min.</summary>
    public TimeSpan RetryUpTo { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long all waits for one alert may be together before it is given up: 0 to 30 d. Default 1 d.</summary>
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromDays(1);

    public RetryPlan Retries => new(RetryFrom, RetryUpTo, GiveUpAfter);

    /// <inheritdoc/>
    public IEnumerable<string> Validate() =>
    [
        .. (ThresholdsGrc ?? []).SelectMany((t, i) => CreditOptions.RequireAmount($"thresholds_grc.{i}", t, _ => true, "within the range of amounts")),
        .. Require(ThresholdsGrc is not { Count: > MostThresholds }, $"thresholds_grc: {ThresholdsGrc?.Count} are not allowed; allowed: at most {MostThresholds}."),
        .. Require(WebhookUrl is not { UserInfo.Length: > 0 }, "webhook_url: a user and password in the address are not allowed; the secret is what proves who calls."),
        .. Require(WebhookUrl is null || FindSecretFault() is null, FindSecretFault() ?? ""),
        .. RequireDuration("timeout", Timeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)),
        .. RequireDuration("retry_from", RetryFrom, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1)),
        .. RequireDuration("retry_up_to", RetryUpTo, RetryFrom, TimeSpan.FromDays(1)),
        .. RequireDuration("give_up_after", GiveUpAfter, TimeSpan.Zero, TimeSpan.FromDays(30)),
    ];

    /// <summary>The thresholds of a user.</summary>
    /// <param name="minBalance">The user's minimum balance.</param>
    public IReadOnlyList<GrcAmount> ThresholdsOf(GrcAmount minBalance) =>
        ThresholdsGrc is { } own ? [.. own.Select(CreditOptions.Amount)] : [minBalance, GrcAmount.Zero];

    /// <summary>The secret, once validated.</summary>
    public string ReadSecret() => string.IsNullOrWhiteSpace(SecretFile) ? Secret! : FirstLine(SecretFile);

    private string? FindSecretFault()
    {
        if (string.IsNullOrWhiteSpace(SecretFile))
        {
            return Secret is { Length: >= ShortestSecret } ? null
                : $"secret_file: missing; allowed: a file whose first line has at least {ShortestSecret} characters, or SCP_ALERTS__SECRET in the environment.";
        }

        try
        {
            return !File.Exists(SecretFile) ? $"secret_file: \"{SecretFile}\" does not exist."
                : PrivateFile.IsOpenToOthers(SecretFile) ? $"secret_file: \"{SecretFile}\" {PrivateFile.OpenToOthers}"
                : FirstLine(SecretFile).Length < ShortestSecret ? $"secret_file: \"{SecretFile}\" has no secret of at least {ShortestSecret} characters in its first line."
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"secret_file: \"{SecretFile}\" cannot be read: {e.Message}";
        }
    }

    private static string FirstLine(string path) => File.ReadLines(path).FirstOrDefault()?.Trim() ?? "";

    private static IEnumerable<string> RequireDuration(string key, TimeSpan value, TimeSpan least, TimeSpan most) =>
        Require(value >= least && value <= most, $"{key}: {value} is not allowed; allowed: {least} to {most}.");

    private static IEnumerable<string> Require(bool met, string error) => met ? [] : [error];
}
