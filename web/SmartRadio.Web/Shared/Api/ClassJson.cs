using System.Text.Json;
using System.Text.Json.Serialization;
using SmartRadio.Controller;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Protocol;

namespace SmartRadio.Web.Shared.Api;

/// <summary>
/// The class of a broadcast in JSON: "normal", "priority" or "emergency"; the others are not for bulletins and are refused.
/// </summary>
internal sealed class ClassJson : JsonConverter<BroadcastClass>
{
    public override BroadcastClass Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? ClassChoice.Parse(reader.GetString())
            : throw new RefusedException(BroadcastRefusal.UnknownClass);

    public override void Write(Utf8JsonWriter writer, BroadcastClass value, JsonSerializerOptions options) =>
        writer.WriteStringValue(ClassChoice.Code(value));
}
