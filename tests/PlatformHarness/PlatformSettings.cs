namespace PlatformHarness;

/// <summary>What a test wants of its platform; times are short and prices high, so that every course ends within seconds.</summary>
internal sealed record PlatformSettings
{
    /// <summary>How many vcore-seconds 1 GRC buys; 600 is the platform's default.</summary>
    public long VcoreSecondsPerGrc { get; init; } = 600;

    public string FreezeGrace { get; init; } = "60s";

    /// <summary>The Store section of ContainerManager's configuration as one line of YAML; null for a directory of the platform's own.</summary>
    public string? StoreSection { get; init; }

    /// <summary>Socket of the Docker server; null for none.</summary>
    public string? DockerSocket { get; init; }

    /// <summary>Coins paid in at the start.</summary>
    public decimal Grc { get; init; } = 10;

    /// <summary>How often usage is read and charged; an hour never comes round, so that nothing is billed while tasks run.</summary>
    public string BillingCycle { get; init; } = "200ms";

    /// <summary>How long CreditManager waits for the wallet.</summary>
    public string WalletTimeout { get; init; } = "10s";

    /// <summary>How long the Scaler keeps the cgroup of a container that is closed and billed; the platform's default unless told.</summary>
    public string ClosedCgroupRetention { get; init; } = "60s";

    /// <summary>Whether the development wallet can be told to misbehave.</summary>
    public bool WalletMisbehaves { get; init; }
}
