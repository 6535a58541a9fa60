using System.Text.Json;
using System.Text.Json.Serialization;

namespace SmartRadio.Web.Shared.Api;

/// <summary>
/// Choices in JSON by one name each. The library's own converter also takes lists with commas and adds their numbers:
/// "editor,alertOfficer" would be an administrator.
/// </summary>
internal sealed class EnumJson : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(OneName<>).MakeGenericType(typeToConvert))!;

    /// <summary>As the API writes it.</summary>
    internal static string NameOf(string member) => JsonNamingPolicy.CamelCase.ConvertName(member);

    private sealed class OneName<T> : JsonConverter<T>
        where T : struct, Enum
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && FormValues.Choice<T>(reader.GetString()) is { } choice
                ? choice
                : throw new JsonException($"One of {string.Join(", ", Enum.GetNames<T>().Select(NameOf))} is expected.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(NameOf(value.ToString()));
    }
}
