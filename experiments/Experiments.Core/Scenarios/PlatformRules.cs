using CreditManager.Core.Money;

namespace Experiments.Core.Scenarios;

/// <summary>What an operator configures, with the services' own defaults, and how long the machine takes for things.</summary>
/// <param name="Cores">CPUs of the node.</param>
/// <param name="FreezeGrace">How long containers stay frozen at the debt limit before they are stopped; 0 stops them at once.</param>
/// <param name="MinCoinMovement">Coins move in whole blocks of this.</param>
/// <param name="BillingCycle">How often usage is read and charged.</param>
/// <param name="WalletPoll">How often the wallet is asked.</param>
/// <param name="StandingsPoll">How often the dispatcher asks how users stand.</param>
/// <param name="ContainerStart">From the decision to start a container until it takes tasks.</param>
/// <param name="ContainerStartWork">CPU time that the start uses, at the user's cost.</param>
/// <param name="ContainerStop">From the end of its processes until a container is cleared away.</param>
/// <param name="TaskStart">From the drop of a task to its script's first instruction, in a container that is up.</param>
/// <param name="Sample">How often the course is written down.</param>
internal sealed record PlatformRules(
    int Cores,
    TimeSpan FreezeGrace,
    GrcAmount MinCoinMovement,
    TimeSpan BillingCycle,
    TimeSpan WalletPoll,
    TimeSpan StandingsPoll,
    TimeSpan ContainerStart,
    TimeSpan ContainerStartWork,
    TimeSpan ContainerStop,
    TimeSpan TaskStart,
    TimeSpan Sample)
{
    /// <summary>
    /// The services' defaults; the machine's times are those that <c>bench.sh pickup</c> and <c>demo.sh</c> print.
    /// </summary>
    public static PlatformRules Default { get; } = new(
        Cores: 4,
        FreezeGrace: TimeSpan.FromSeconds(60),
        MinCoinMovement: new GrcAmount(GrcAmount.HalfordsPerGrc / 20),
        BillingCycle: TimeSpan.FromSeconds(1),
        WalletPoll: TimeSpan.FromSeconds(2),
        StandingsPoll: TimeSpan.FromSeconds(1),
        ContainerStart: TimeSpan.FromMilliseconds(440),
        ContainerStartWork: TimeSpan.FromMilliseconds(200),
        ContainerStop: TimeSpan.FromSeconds(1),
        TaskStart: TimeSpan.FromMilliseconds(15),
        Sample: TimeSpan.FromSeconds(1));
}
