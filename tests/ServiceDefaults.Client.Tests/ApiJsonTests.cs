using System.Text.Json;

namespace ServiceDefaults.Client.Tests;

public sealed class ApiJsonTests
{
    [Fact]
    public void Strict_UnknownMember_IsRefusedAndTolerantIsNot()
    {
        const string json = """{"litres":1,"shade":"bright","gloss":true}""";
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Paint>(json, ApiJson.Strict));
        Assert.Equal(new Paint(1, Shade.Bright), JsonSerializer.Deserialize<Paint>(json, ApiJson.Tolerant));
    }

    [Theory]
    [InlineData("""{"shade":"bright"}""")]
    [InlineData("""{"litres":null,"shade":"bright"}""")]
    [InlineData("""{"litres":"1","shade":"bright"}""")]
    [InlineData("""{"litres":1,"shade":0}""")]
    [InlineData("""{"litres":1,"shade":"dull"}""")]
    [InlineData("""{"Litres":1,"shade":"bright"}""")]
    public void Both_MissingOrWrongMember_IsRefused(string json)
    {
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Paint>(json, ApiJson.Strict));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Paint>(json, ApiJson.Tolerant));
    }
}
