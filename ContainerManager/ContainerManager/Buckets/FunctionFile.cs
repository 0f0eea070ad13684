using ContainerManager.Core.Settings;
using ContainerManager.Triggers;
using ServiceDefaults;

namespace ContainerManager.Buckets;

/// <summary>The settings of a <c>utils/function.yaml</c>; those left out take their defaults.</summary>
internal sealed class FunctionFile
{
    /// <summary>Most bytes that are read.</summary>
    public const int MaxBytes = 64 << 10;

    private const int MostQuoted = 100;

    public string? Image { get; set; }

    public string? Engine { get; set; }

    public int? Slots { get; set; }

    public int? MaxAttempts { get; set; }

    /// <summary>A duration, or <c>auto</c>.</summary>
    public string? IdleTimeout { get; set; }

    public int? MinWarm { get; set; }

    public int? MinShares { get; set; }

    public int? MaxShares { get; set; }

    public int? BoundaryShares { get; set; }

    public int? StepShares { get; set; }

    public string? Memory { get; set; }

    public string? Disk { get; set; }

    public int? Processes { get; set; }

    public TimeSpan? WallTime { get; set; }

    public bool? Network { get; set; }

    public string? Policy { get; set; }

    public decimal? MaxGrc { get; set; }

    public string? OnSuccess { get; set; }

    public string? Schedule { get; set; }

    /// <summary>Reads the file's text and holds it against the operator's ceilings; every error at once.</summary>
    /// <param name="text">Null where the file is longer than allowed.</param>
    /// <param name="ceilings">The operator's.</param>
    /// <param name="now">A schedule has to be due behind it.</param>
    public static SettingsResolution Resolve(string? text, FunctionCeilings ceilings, DateTimeOffset now)
    {
        if (text is null)
        {
            return new SettingsResolution(null, [$"the file is longer than {MaxBytes} bytes."]);
        }

        try
        {
            using var reader = new StringReader(text);
            var values = YamlConfiguration.Parse(reader, "function.yaml");
            var errors = new List<string>();
            var file = new FunctionFile();
            StrictBinder.Bind(new ConfigurationBuilder().AddInMemoryCollection(values).Build(), file, errors);
            var resolution = FunctionSettingsRules.Resolve(file.ToRequest(errors), ceilings);
            AddScheduleError(errors, file.Schedule, now);
            return errors.Count == 0 && resolution.Settings is { } settings
                ? new SettingsResolution(settings with { Schedule = file.Schedule }, [])
                : new SettingsResolution(null, [.. errors, .. resolution.Errors]);
        }
        catch (FormatException e)
        {
            return new SettingsResolution(null, [e.Message]);
        }
    }

    private static void AddScheduleError(List<string> errors, string? schedule, DateTimeOffset now)
    {
        if (schedule is not null && CronSchedule.Read(schedule, now).Error is { } error)
        {
            errors.Add(error);
        }
    }

    private static IdleChoice? Idle(List<string> errors, string? text)
    {
        if (text is null || text.Trim() == IdleChoice.Auto)
        {
            return text is null ? null : IdleChoice.Predicted;
        }

        if (!DurationText.TryParse(text, out var timeout))
        {
            errors.Add($"idle_timeout: \"{(text.Length > MostQuoted ? text[..MostQuoted] + "…" : text)}\" is not allowed; allowed: {DurationText.Allowed}, or {IdleChoice.Auto}.");
        }

        return new IdleChoice(timeout);
    }

    private RequestedSettings ToRequest(List<string> errors) => new(
        Image, Slots, MaxAttempts, Idle(errors, IdleTimeout), MinShares, MaxShares, BoundaryShares, StepShares, Memory, Processes, WallTime, Network, Policy, MaxGrc, OnSuccess, Disk,
        Engine, MinWarm);
}
