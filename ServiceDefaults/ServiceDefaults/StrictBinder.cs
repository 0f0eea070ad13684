using System.Collections;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace ServiceDefaults;

/// <summary>
/// Fills an options object from configuration and collects every error instead of stopping at the first: unknown keys,
/// wrong types, values that are not allowed. Understands text, booleans, whole and decimal numbers, enumerations,
/// durations, addresses, nested objects and lists of all these. <c>max_debt</c> sets the property <c>MaxDebt</c>.
/// </summary>
public static class StrictBinder
{
    /// <summary>Binds the children of <paramref name="section"/> to the settable properties of <paramref name="target"/>.</summary>
    /// <param name="section">Its path is part of each error.</param>
    /// <param name="target">Properties without a key keep their value.</param>
    /// <param name="errors">Receives one sentence per error, naming key, value and what is allowed.</param>
    public static void Bind(IConfiguration section, object target, ICollection<string> errors)
    {
        ArgumentNullException.ThrowIfNull(section);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(errors);
        var properties = target.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanWrite || p.GetValue(target) is not null)
            .ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var child in section.GetChildren())
        {
            if (!properties.TryGetValue(child.Key.Replace("_", "", StringComparison.Ordinal), out var property))
            {
                errors.Add($"{KeyText.Of(child.Path)}: unknown setting; allowed: {string.Join(", ", properties.Values.Select(p => KeyText.Of(p.Name)).Order())}.");
                continue;
            }

            if (TryRead(child, property.PropertyType, property.GetValue(target), errors, out var value) && property.CanWrite)
            {
                property.SetValue(target, value);
            }
        }
    }

    /// <summary>Reads the items of a list, each an options object of its own.</summary>
    /// <param name="section">A list; missing or empty gives none.</param>
    /// <param name="errors">Receives one sentence per error, naming key, value and what is allowed.</param>
    public static IReadOnlyList<T> BindList<T>(IConfigurationSection section, ICollection<string> errors)
        where T : new() =>
        TryRead(section, typeof(List<T>), null, errors, out var value) ? (IReadOnlyList<T>)value! : [];

    private static bool TryRead(IConfigurationSection section, Type type, object? current, ICollection<string> errors, out object? value)
    {
        value = null;
        var hasChildren = section.GetChildren().Any();
        var scalar = Nullable.GetUnderlyingType(type) ?? type;
        if (ScalarReader(scalar) is { } reader)
        {
            if (hasChildren)
            {
                errors.Add($"{KeyText.Of(section.Path)}: expected one value, found a group of settings; allowed: {reader.Allowed}.");
                return false;
            }

            if (string.IsNullOrEmpty(section.Value) && (scalar != type || !type.IsValueType))
            {
                return true;
            }

            if ((value = reader.Read(section.Value ?? "")) is not null)
            {
                return true;
            }

            errors.Add($"{KeyText.Of(section.Path)}: \"{section.Value}\" is not allowed; allowed: {reader.Allowed}.");
            return false;
        }

        if (!hasChildren && !string.IsNullOrEmpty(section.Value))
        {
            errors.Add($"{KeyText.Of(section.Path)}: \"{section.Value}\" is not allowed; expected {(ItemType(type) is null ? "a group of settings" : "a list")}.");
            return false;
        }

        if (ItemType(type) is { } itemType)
        {
            value = ReadList(section, itemType, errors);
            return true;
        }

        value = current ?? Activator.CreateInstance(type)!;
        Bind(section, value, errors);
        return true;
    }

    private static IList ReadList(IConfigurationSection section, Type itemType, ICollection<string> errors)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(itemType))!;
        foreach (var child in section.GetChildren())
        {
            if (TryRead(child, itemType, null, errors, out var item) && item is not null)
            {
                list.Add(item);
            }
        }

        return list;
    }

    private static Type? ItemType(Type type) =>
        type.IsGenericType && type.IsAssignableFrom(typeof(List<>).MakeGenericType(type.GetGenericArguments()[0]))
            ? type.GetGenericArguments()[0]
            : null;

    private static (string Allowed, Func<string, object?> Read)? ScalarReader(Type type)
    {
        var invariant = CultureInfo.InvariantCulture;
        if (type.IsEnum)
        {
            var names = Enum.GetNames(type);
            return (string.Join(", ", names.Select(KeyText.Of)), text => Array.Find(
                names, n => n.Equals(text.Replace("_", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)) is { } name ? Enum.Parse(type, name) : null);
        }

        return Type.GetTypeCode(type) switch
        {
            TypeCode.String => ("text", text => text),
            TypeCode.Boolean => ("true, false", text => bool.TryParse(text, out var v) ? v : null),
            TypeCode.Int32 => ("a whole number", text => int.TryParse(text, NumberStyles.AllowLeadingSign, invariant, out var v) ? v : null),
            TypeCode.Int64 => ("a whole number", text => long.TryParse(text, NumberStyles.AllowLeadingSign, invariant, out var v) ? v : null),
            TypeCode.Double => ("a number", text => double.TryParse(text, NumberStyles.Float, invariant, out var v) && double.IsFinite(v) ? v : null),
            TypeCode.Decimal => ("a decimal number", text => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, invariant, out var v) ? v : null),
            _ when type == typeof(TimeSpan) => (DurationText.Allowed, text => DurationText.TryParse(text, out var v) ? v : null),
            _ when type == typeof(Uri) => ("an address such as http://127.0.0.1:7001", text =>
                Uri.TryCreate(text, UriKind.Absolute, out var v) && v.Scheme is "http" or "https" ? v : null),
            _ => null,
        };
    }
}
