namespace SmartRadio.Web.Shared;

/// <summary>A page on which people record: it may ask for the microphone and play what it recorded. No other page may.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class UsesMicrophoneAttribute : Attribute
{
    public static bool Is(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<UsesMicrophoneAttribute>() is not null;
}
