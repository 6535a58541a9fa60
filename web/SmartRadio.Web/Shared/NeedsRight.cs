using SmartRadio.Controller.Changes;

namespace SmartRadio.Web.Shared;

/// <summary>
/// What a page or an operation takes: one of these rights at some area. At which area it is needed the door decides; this keeps out
/// whoever holds it nowhere, with 403 and a sentence.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class NeedsRightAttribute(params Right[] rights) : Attribute
{
    public IReadOnlyList<Right> Rights { get; } = rights;
}

internal static class NeedsRightChecks
{
    public static RouteHandlerBuilder Needs(this RouteHandlerBuilder route, params Right[] rights) =>
        route.WithMetadata(new NeedsRightAttribute(rights));

    /// <summary>Runs after sign-in is known and before anything else reads the request.</summary>
    public static void UseRights(this WebApplication app) => app.Use(static async (context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<NeedsRightAttribute>() is { } needs && context.User.Identity is { IsAuthenticated: true })
        {
            var grants = await context.RequestServices.GetRequiredService<MyGrants>().GetAsync(context.RequestAborted);
            if (!needs.Rights.Any(grants.MayAnywhere))
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return;
            }
        }

        await next(context);
    });
}
