namespace ContainerManager.Core.Settings;

/// <summary>What a user asks for as <c>idle_timeout</c>.</summary>
/// <param name="Timeout">A fixed time; null where it is predicted.</param>
public sealed record IdleChoice(TimeSpan? Timeout)
{
    /// <summary>The word for <see cref="Predicted"/>.</summary>
    public const string Auto = "auto";

    /// <summary>From the function's own history.</summary>
    public static IdleChoice Predicted { get; } = new((TimeSpan?)null);
}
