using System.Net.Mime;
using Microsoft.Net.Http.Headers;

namespace SmartRadio.Web.Errors;

/// <summary>
/// On an address that takes sound files: a request that can carry one, which no other than a multipart form can, may be larger
/// and holds a place while it arrives.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TakesSoundAttribute : Attribute
{
    public static bool Is(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<TakesSoundAttribute>() is not null
        && MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
        && type.MediaType.Equals(MediaTypeNames.Multipart.FormData, StringComparison.OrdinalIgnoreCase);
}
