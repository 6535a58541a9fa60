namespace SmartRadio.Web.Shared.Repeats;

/// <summary>On an endpoint that stops something: it is carried out every time, whatever token or key it comes with.</summary>
internal sealed record AlwaysCarriedOut
{
    public static bool Is(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<AlwaysCarriedOut>() is not null;
}
