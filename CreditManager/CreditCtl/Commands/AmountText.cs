using CreditCtl.Hosting;
using CreditManager.Core.Money;

namespace CreditCtl.Commands;

/// <summary>Amounts on the command line.</summary>
internal static class AmountText
{
    /// <summary>The amount; null where none is given.</summary>
    /// <exception cref="CtlException">It is no amount of GRC, or one that is not allowed.</exception>
    public static GrcAmount? Read(string option, string? text, Func<GrcAmount, bool> allows, string allowed)
    {
        if (text is null)
        {
            return null;
        }

        return GrcAmount.TryParse(text, out var amount) && allows(amount) && amount <= GrcAmount.Largest && -amount <= GrcAmount.Largest
            ? amount
            : throw CtlException.Usage($"{option}: \"{text}\" is not allowed; allowed: {GrcAmount.Allowed}, {allowed}.");
    }
}
