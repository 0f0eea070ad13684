namespace Benchmarks.Chaos;

/// <summary>Ways in which the development wallet goes wrong.</summary>
internal static class WalletFaults
{
    private static readonly string[] Methods = ["move", "move", "move", "listtransactions", "listaccounts", "*"];

    /// <summary>One of them on one of the calls.</summary>
    public static object Any(Random random)
    {
        var method = Methods[random.Next(Methods.Length)];
        var (times, apply) = (random.Next(1, 3), random.Next(2) == 0);
        return random.Next(11) switch
        {
            0 => new { method, times, answer = "drop", apply = true },
            1 => new { method, times, answer = "drop", apply = false },
            2 => new { method, times, answer = "truncated" },
            3 => new { method, times, answer = "twice" },
            4 => new { method, times, answer = "garbage", apply },
            5 => new { method, times, answer = "error", apply = false, code = -4 },
            6 => new { method, times, answer = "status", apply, status = 500 },
            7 => new { method, times, answer = "status", apply = false, status = 401 },
            8 => new { method, times, answer = "hang", apply },
            // Longer than CreditManager waits: applied late, or answered late.
            9 => new { method, times, delay_milliseconds = 1500, delay_before_apply = true },
            _ => new { method, times, delay_milliseconds = 1500, delay_before_apply = false },
        };
    }
}
