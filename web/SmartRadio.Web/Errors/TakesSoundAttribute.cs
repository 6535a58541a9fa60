namespace SmartRadio.Web.Errors;

/// <summary>On an address that takes sound files: its requests may be larger, and each holds a place while it arrives.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TakesSoundAttribute : Attribute
{
    public static bool Is(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<TakesSoundAttribute>() is not null;
}
