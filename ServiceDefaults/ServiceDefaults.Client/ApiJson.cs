using System.Text.Json;
using System.Text.Json.Serialization;

namespace ServiceDefaults.Client;

/// <summary>The JSON that the services speak: snake_case names, enumerations as snake_case strings.</summary>
public static class ApiJson
{
    /// <summary>For answers and files: unknown members are passed over, so that an older client reads a newer service.</summary>
    public static JsonSerializerOptions Tolerant { get; } = Create(JsonUnmappedMemberHandling.Skip);

    /// <summary>For requests: an unknown member is an error, because a misspelt setting must not be lost silently.</summary>
    public static JsonSerializerOptions Strict { get; } = Create(JsonUnmappedMemberHandling.Disallow);

    /// <summary>Sets the members that make <paramref name="options"/> speak as the services do.</summary>
    public static void Configure(JsonSerializerOptions options, JsonUnmappedMemberHandling unmapped)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.PropertyNameCaseInsensitive = false;
        options.DictionaryKeyPolicy = null;
        options.UnmappedMemberHandling = unmapped;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
    }

    private static JsonSerializerOptions Create(JsonUnmappedMemberHandling unmapped)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Configure(options, unmapped);
        return options;
    }
}
