using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SmartRadio.Web.Shared.Api;

/// <summary>
/// UnixTime in JSON: ISO 8601 with an offset. Without one nobody could know which instant is meant, so it is refused.
/// </summary>
internal sealed class InstantJson : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String || !reader.TryGetDateTimeOffset(out var instant)
            || !HasOffset(reader.GetString()!))
        {
            throw new JsonException("An instant is ISO 8601 with an offset.");
        }

        return instant;
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture));

    /// <summary>Whether a query parameter says an instant: an offset, and no local form.</summary>
    internal static bool IsInstant(string text) =>
        HasOffset(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool HasOffset(string text)
    {
        var clock = text.IndexOf('T', StringComparison.Ordinal);
        return clock > 0 && text.AsSpan(clock).IndexOfAny('Z', '+', '-') > 0;
    }
}
