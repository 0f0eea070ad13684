namespace CreditManager.Health;

/// <summary>
/// Named places before and after each durable step. The service passes them without noticing; tests make it die at one, to
/// show that nothing is lost or doubled wherever it dies.
/// </summary>
internal interface IKillPoints
{
    /// <summary>Called when the work reaches <paramref name="point"/>.</summary>
    void Pass(string point);
}

/// <summary>Lets everything pass.</summary>
internal sealed class NoKillPoints : IKillPoints
{
    public void Pass(string point)
    {
    }
}
