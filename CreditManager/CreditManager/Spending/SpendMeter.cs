using CreditManager.Core.Money;
using CreditManager.Core.Spending;

namespace CreditManager.Spending;

/// <summary>Knows how fast users spend. In memory only: after a start it is known again within seconds.</summary>
internal sealed class SpendMeter(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly SpendRates _rates = new();
    private readonly long _start = time.GetTimestamp();

    /// <summary>A billing cycle charged these amounts, by user.</summary>
    public void Observe(IEnumerable<KeyValuePair<string, GrcAmount>> charged)
    {
        lock (_lock)
        {
            _rates.Observe(time.GetElapsedTime(_start), charged);
        }
    }

    /// <summary>What a user spends in an hour; null until that is known.</summary>
    public GrcAmount? PerHour(string user)
    {
        lock (_lock)
        {
            return _rates.PerHour(user);
        }
    }
}
