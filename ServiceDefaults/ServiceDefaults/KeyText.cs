using System.Text.Json;

namespace ServiceDefaults;

/// <summary>Names of settings as they are written in files: <c>Store:MaxDebt</c> reads <c>store.max_debt</c>.</summary>
public static class KeyText
{
    /// <summary>The written form of a configuration path or property name.</summary>
    public static string Of(string path) => string.Join('.', path.Split(':').Select(JsonNamingPolicy.SnakeCaseLower.ConvertName));
}
