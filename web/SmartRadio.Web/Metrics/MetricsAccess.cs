using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using SmartRadio.Web.Shared;

namespace SmartRadio.Web.Metrics;

/// <summary>Who may read the figures: the holder of an API key, and whoever calls on this very machine.</summary>
internal sealed class MetricsAccess(IOptionsMonitor<MetricsOptions> options) : AuthorizationHandler<MetricsAccess.Requirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, Requirement requirement)
    {
        if (context.User.Identity?.IsAuthenticated == true
            || (options.CurrentValue.Local && context.Resource is HttpContext http && LocalCaller.Is(http)))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }

    internal sealed class Requirement : IAuthorizationRequirement;
}
