using System.Globalization;
using CreditCtl.Hosting;
using CreditManager.Core.Money;
using CreditManager.Core.Replay;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CreditCtl.Replays;

/// <summary>A price list in YAML: <c>vcore_seconds_per_grc</c>, <c>gib_seconds_per_grc</c>, <c>refunds_platform_faults</c>; limits as CreditManager's own.</summary>
internal static class TariffFile
{
    private const string Cpu = "vcore_seconds_per_grc";
    private const string Memory = "gib_seconds_per_grc";
    private const string Refunds = "refunds_platform_faults";

    /// <exception cref="CtlException">It is no price list; all errors at once.</exception>
    public static ReplayTariff Read(string path, string text)
    {
        var settings = Settings(path, text);
        var errors = new List<string>();
        errors.AddRange(settings.Keys.Where(k => k is not (Cpu or Memory or Refunds)).Select(k => $"{k}: unknown setting; allowed: {Cpu}, {Memory}, {Refunds}."));
        var cpu = Price(settings, Cpu, TariffLimits.Allowed, errors);
        var memory = Price(settings, Memory, TariffLimits.AllowedMemory, errors);
        var refunds = settings.GetValueOrDefault(Refunds);
        if (cpu is null && !settings.ContainsKey(Cpu))
        {
            errors.Add($"{Cpu}: missing; allowed: {TariffLimits.Allowed}.");
        }

        if (refunds is not (null or "true" or "false"))
        {
            errors.Add($"{Refunds}: {refunds} is not allowed; allowed: true, false.");
        }

        return errors.Count == 0
            ? new ReplayTariff(cpu!.Value, memory, refunds == "true")
            : throw CtlException.Usage($"{path}: {string.Join(" ", errors)}");
    }

    private static long? Price(Dictionary<string, string?> settings, string name, string allowed, List<string> errors)
    {
        if (!settings.TryGetValue(name, out var text) || (text is null && name != Cpu))
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var price) && TariffLimits.Allows(price))
        {
            return price;
        }

        errors.Add($"{name}: {text ?? "nothing"} is not allowed; allowed: {allowed}.");
        return null;
    }

    /// <summary>One mapping of plain values, read event by event: nothing nested, nothing twice, no references.</summary>
    private static Dictionary<string, string?> Settings(string path, string text)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal);
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            if (parser.TryConsume<DocumentStart>(out _))
            {
                parser.Consume<MappingStart>();
                while (!parser.TryConsume<MappingEnd>(out _))
                {
                    var name = parser.Consume<Scalar>().Value;
                    var value = parser.Consume<Scalar>();
                    if (!settings.TryAdd(name, value is { Style: ScalarStyle.Plain, Value: "" or "~" or "null" } ? null : value.Value))
                    {
                        throw CtlException.Usage($"{path}: {name} is set twice.");
                    }
                }

                parser.Consume<DocumentEnd>();
            }

            parser.Consume<StreamEnd>();
            return settings;
        }
        catch (YamlException e)
        {
            throw CtlException.Usage($"{path}: line {e.Start.Line}: this is no price list; allowed: lines such as \"{Cpu}: 600\".", e);
        }
    }
}
