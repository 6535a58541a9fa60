using SmartRadio.Controller.Changes;

namespace SmartRadio.Web.Shared;

/// <summary>
/// What a page or an operation takes: one of these rights at some area. At which area it is needed the door decides; this keeps
/// out whoever holds it nowhere, with 403 and a sentence.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class NeedsRightAttribute(params Right[] rights) : Attribute
{
    public IReadOnlyList<Right> Rights { get; } = rights;

    /// <summary>The right must hold everywhere: what belongs to no area is not for those of one.</summary>
    public bool Everywhere { get; init; }

    public bool IsMet(Grants grants) =>
        Rights.Any(right => Everywhere ? grants.Of(right).IsEverywhere : grants.MayAnywhere(right));
}

internal static class NeedsRightChecks
{
    public static RouteHandlerBuilder Needs(this RouteHandlerBuilder route, params Right[] rights) =>
        route.WithMetadata(new NeedsRightAttribute(rights));

    public static RouteHandlerBuilder NeedsEverywhere(this RouteHandlerBuilder route, Right right) =>
        route.WithMetadata(new NeedsRightAttribute(right) { Everywhere = true });

    /// <summary>Runs after sign-in is known and before anything else reads the request.</summary>
    public static void UseRights(this WebApplication app) => app.Use(static async (context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<NeedsRightAttribute>() is { } needs
            && context.User.Identity is { IsAuthenticated: true })
        {
            var grants = await context.RequestServices.GetRequiredService<MyGrants>().GetAsync(context.RequestAborted);
            if (!needs.IsMet(grants))
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return;
            }
        }

        await next(context);
    });
}
