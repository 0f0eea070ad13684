namespace Scaler.Core.Containers;

/// <summary>Where in its life a container is.</summary>
public enum ContainerPhase
{
    /// <summary>Its processes may run.</summary>
    Open,

    /// <summary>Its processes are being killed; it will not run again.</summary>
    Closing,

    /// <summary>The final reading is taken and waits for an acknowledgement.</summary>
    Closed,

    /// <summary>The final reading is billed; the empty cgroup is kept for a while.</summary>
    Acknowledged,
}
