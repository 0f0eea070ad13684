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
    private const int MaxQuotedLength = 100;

    /// <summary>Binds the children of <paramref name="section"/> to the settable properties of <paramref name="target"/>.</summary>
    /// <param name="section">Its path is part of each error.</param>
    /// <param name="target">Properties without a key, or with one that has no value, keep theirs; null where it is allowed is written "".</param>
    /// <param name="errors">Receives one sentence per error, naming key, value and what is allowed.</param>
    public static void Bind(IConfiguration section, object target, ICollection<string> errors)
    {
        ArgumentNullException.ThrowIfNull(section);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(errors);
        if (section is IConfigurationSection { Value.Length: > 0 } scalar && !scalar.GetChildren().Any())
        {
            errors.Add($"{Name(scalar)}: {Quote(scalar.Value)} is not allowed; expected a group of settings.");
            return;
        }

        var properties = target.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.SetMethod is { IsPublic: true })
            .ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
        var seen = new HashSet<PropertyInfo>();
        foreach (var child in section.GetChildren())
        {
            if (!properties.TryGetValue(child.Key.Replace("_", "", StringComparison.Ordinal), out var property))
            {
                var allowed = string.Join(", ", properties.Values.Select(p => KeyText.Of(p.Name)).Order());
                errors.Add($"{Name(child)}: unknown setting; allowed: {allowed}.");
            }
            else if (!seen.Add(property))
            {
                errors.Add($"{Name(child)}: set twice, in different spellings; set it once, as {KeyText.Of(property.Name)}.");
            }
            else if (child.Value is not null || child.GetChildren().Any())
            {
                BindProperty(child, property, target, errors);
            }
        }
    }

    /// <summary>Reads the items of a list, each an options object of its own.</summary>
    /// <param name="section">A list; missing or empty gives none.</param>
    /// <param name="errors">Receives one sentence per error, naming key, value and what is allowed.</param>
    public static IReadOnlyList<T> BindList<T>(IConfigurationSection section, ICollection<string> errors)
        where T : new()
    {
        ArgumentNullException.ThrowIfNull(section);
        ArgumentNullException.ThrowIfNull(errors);
        return TryRead(section, typeof(List<T>), null, errors, out var value) ? (IReadOnlyList<T>)value! : [];
    }

    private static void BindProperty(IConfigurationSection section, PropertyInfo property, object target, ICollection<string> errors)
    {
        if (section.Value is "" && !section.GetChildren().Any() && IsNullable(property))
        {
            property.SetValue(target, null);
        }
        else if (TryRead(section, property.PropertyType, property.GetValue(target), errors, out var value))
        {
            property.SetValue(target, value);
        }
    }

    private static bool TryRead(IConfigurationSection section, Type type, object? current, ICollection<string> errors, out object? value)
    {
        if (ScalarText.Of(Nullable.GetUnderlyingType(type) ?? type) is { } reader)
        {
            return TryReadScalar(section, reader, errors, out value);
        }

        value = null;
        var itemType = ItemType(type);
        var isEmpty = !section.GetChildren().Any();
        if (isEmpty ? !string.IsNullOrEmpty(section.Value) : itemType is not null && !IsList(section))
        {
            var found = isEmpty ? $"{Quote(section.Value)} is not allowed" : "settings are not allowed";
            errors.Add($"{Name(section)}: {found}; expected {(itemType is null ? "a group of settings" : "a list")}.");
            return false;
        }

        if (itemType is not null)
        {
            value = ReadList(section, itemType, errors);
            return true;
        }

        value = current ?? Activator.CreateInstance(type)!;
        Bind(section, value, errors);
        return true;
    }

    private static bool TryReadScalar(IConfigurationSection section, ScalarText reader, ICollection<string> errors, out object? value)
    {
        value = null;
        if (section.GetChildren().Any())
        {
            errors.Add($"{Name(section)}: expected one value, found a group of settings; allowed: {reader.Allowed}.");
            return false;
        }

        value = reader.Read(section.Value ?? "");
        if (value is null)
        {
            errors.Add($"{Name(section)}: {Quote(section.Value)} is not allowed; allowed: {reader.Allowed}.");
        }

        return value is not null;
    }

    private static IList ReadList(IConfigurationSection section, Type itemType, ICollection<string> errors)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(itemType))!;
        foreach (var child in section.GetChildren())
        {
            if (TryRead(child, itemType, null, errors, out var item))
            {
                list.Add(item);
            }
        }

        return list;
    }

    /// <summary>The keys of a list's items are their numbers.</summary>
    private static bool IsList(IConfigurationSection section) =>
        section.GetChildren().All(c => int.TryParse(c.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _));

    private static Type? ItemType(Type type) =>
        type.IsGenericType && type.IsAssignableFrom(typeof(List<>).MakeGenericType(type.GetGenericArguments()[0]))
            ? type.GetGenericArguments()[0]
            : null;

    private static bool IsNullable(PropertyInfo property) =>
        new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;

    private static string Name(IConfigurationSection section) => KeyText.Of(section.Path);

    private static string Quote(string? value) =>
        value is { Length: > MaxQuotedLength } ? $"\"{value[..MaxQuotedLength]}…\"" : $"\"{value}\"";
}
