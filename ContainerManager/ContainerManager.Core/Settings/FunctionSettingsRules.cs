using System.Globalization;
using ContainerManager.Core.Caps;
using ContainerManager.Core.Triggers;

namespace ContainerManager.Core.Settings;

/// <summary>Settings, or everything that is wrong with what was asked for.</summary>
/// <param name="Settings">Null where anything is wrong.</param>
/// <param name="Errors">One sentence each.</param>
public sealed record SettingsResolution(FunctionSettings? Settings, IReadOnlyList<string> Errors);

/// <summary>Holds what a user asks for against defaults, possible values and the operator's ceilings.</summary>
public static class FunctionSettingsRules
{
    public const int DefaultMaxAttempts = 3;
    public const int DefaultBoundaryShares = 25;
    public const int DefaultStepShares = 75;
    public const int DefaultProcesses = 256;
    public const string DefaultPolicy = "tracking";
    public const long DefaultMemoryBytes = 512L << 20;
    public const long LeastMemoryBytes = 16L << 20;
    public const long DefaultDiskBytes = 1L << 30;
    public const long LeastDiskBytes = 1L << 20;
    public const long DefaultMaxDiskBytes = 16L << 30;
    public static readonly TimeSpan DefaultWallTime = TimeSpan.FromHours(1);

    private static readonly string[] Policies = ["tracking", "rules", "fixed"];
    private static readonly TimeSpan LongestWallTime = TimeSpan.FromDays(30);

    /// <summary>Resolves.</summary>
    public static SettingsResolution Resolve(RequestedSettings asked, FunctionCeilings ceilings)
    {
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(ceilings);
        var errors = new List<string>();
        var maxShares = Within(errors, "max_shares", asked.MaxShares ?? ceilings.MaxShares, 1, ceilings.MaxShares, "shares");
        var engine = Engine(errors, asked.Engine);
        var settings = new FunctionSettings(
            Image(errors, asked.Image, engine),
            Within(errors, "slots", asked.Slots ?? 1, 1, ceilings.MaxSlots, "tasks at a time"),
            Within(errors, "max_attempts", asked.MaxAttempts ?? DefaultMaxAttempts, 1, 100, "attempts"),
            Idle(errors, asked.IdleTimeout?.Timeout),
            Within(errors, "min_shares", asked.MinShares ?? 0, 0, Math.Max(0, maxShares), "shares (at most max_shares)"),
            maxShares,
            Within(errors, "boundary_shares", asked.BoundaryShares ?? DefaultBoundaryShares, 1, 10_000, "shares"),
            Within(errors, "step_shares", asked.StepShares ?? DefaultStepShares, 1, 10_000, "shares"),
            Size(errors, "memory", asked.Memory, DefaultMemoryBytes, LeastMemoryBytes, ceilings.MaxMemoryBytes),
            Within(errors, "processes", asked.Processes ?? DefaultProcesses, 8, 4096, "processes"),
            WallTime(errors, asked.WallTime),
            Network(errors, asked.Network, ceilings.AllowNetwork),
            Policy(errors, asked.Policy),
            Cap(errors, asked.MaxGrc),
            OnSuccess(errors, asked.OnSuccess),
            DiskBytes: Size(errors, "disk", asked.Disk, DefaultDiskBytes, LeastDiskBytes, ceilings.MaxDiskBytes),
            Engine: engine,
            MinWarm: Warm(errors, asked.MinWarm ?? 0),
            IsIdlePredicted: asked.IdleTimeout is { Timeout: null });
        return errors.Count == 0 ? new SettingsResolution(settings, []) : new SettingsResolution(null, errors);
    }

    private static int Within(List<string> errors, string name, int value, int least, int most, string unit)
    {
        if (value < least || value > most)
        {
            errors.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: {value} is not allowed; allowed: {least} to {most} {unit}."));
        }

        return value;
    }

    private static int Warm(List<string> errors, int containers)
    {
        if (containers is < 0 or > 1)
        {
            errors.Add(string.Create(CultureInfo.InvariantCulture, $"min_warm: {containers} is not allowed; allowed: 0 or 1, as a function has one container."));
        }

        return containers;
    }

    private static EngineKind Engine(List<string> errors, string? asked)
    {
        if (asked is not (null or "apptainer" or "docker"))
        {
            errors.Add($"engine: \"{asked}\" is not allowed; allowed: apptainer, docker.");
        }

        return asked == "docker" ? EngineKind.Docker : EngineKind.Apptainer;
    }

    private static string? Image(List<string> errors, string? image, EngineKind engine)
    {
        if (engine == EngineKind.Docker)
        {
            if (image is null || Buckets.ImageReference.Parse(image) is null)
            {
                errors.Add($"image: \"{image}\" is not allowed with engine docker; allowed: {Buckets.ImageReference.Allowed}.");
            }
        }
        else if (image is not null && !Buckets.ImageChoice.IsImage(image))
        {
            errors.Add($"image: \"{image}\" is not allowed; allowed: the name of a .sif or .def file in utils/.");
        }

        return image;
    }

    private static TimeSpan? Idle(List<string> errors, TimeSpan? timeout)
    {
        if (timeout is { } value && value.TotalSeconds > Settings.IdleTimeout.MaxSeconds)
        {
            errors.Add($"idle_timeout: allowed: 0 to {Settings.IdleTimeout.MaxSeconds} seconds.");
        }

        return timeout;
    }

    private static long Size(List<string> errors, string name, string? text, long usual, long least, long most)
    {
        if (text is null)
        {
            return Math.Min(usual, most);
        }

        var isSize = ByteSizeText.TryParse(text, out var bytes);
        if (!isSize || bytes < least || bytes > most)
        {
            errors.Add($"{name}: \"{text}\" is not allowed; allowed: {ByteSizeText.Format(least)} to {ByteSizeText.Format(most)}, written as {ByteSizeText.Allowed}.");
        }

        return bytes;
    }

    private static TimeSpan WallTime(List<string> errors, TimeSpan? asked)
    {
        var value = asked ?? DefaultWallTime;
        if (value < TimeSpan.FromSeconds(1) || value > LongestWallTime)
        {
            errors.Add("wall_time: allowed: 1s to 30d.");
        }

        return value;
    }

    private static bool Network(List<string> errors, bool? asked, bool allowed)
    {
        if (asked == true && !allowed)
        {
            errors.Add("network: true is not allowed by the operator for this function.");
        }

        return asked ?? false;
    }

    private static long? Cap(List<string> errors, decimal? asked)
    {
        var cap = asked is { } grc ? CapAmount.ToHalfords(grc) : null;
        if (asked is not null && cap is null)
        {
            errors.Add(string.Create(CultureInfo.InvariantCulture, $"max_grc: {asked} is not allowed; allowed: {CapAmount.Allowed}."));
        }

        return cap;
    }

    private static Handoff? OnSuccess(List<string> errors, string? asked)
    {
        var handoff = asked is null ? null : Handoff.TryParse(asked);
        if (asked is not null && handoff is null)
        {
            errors.Add($"on_success: \"{asked}\" is not allowed; allowed: {Handoff.Allowed}.");
        }

        return handoff;
    }

    private static string Policy(List<string> errors, string? asked)
    {
        var policy = asked ?? DefaultPolicy;
        if (!Policies.Contains(policy, StringComparer.Ordinal))
        {
            errors.Add($"policy: \"{policy}\" is not allowed; allowed: {string.Join(", ", Policies)}.");
        }

        return policy;
    }
}
