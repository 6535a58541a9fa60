using System.Text.Json;
using System.Text.Json.Serialization;
using SmartRadio.Web.Areas;
using SmartRadio.Web.Broadcasts;
using SmartRadio.Web.Bulletins;
using SmartRadio.Web.Nodes;
using SmartRadio.Web.Releases;
using SmartRadio.Web.Schedules;
using SmartRadio.Web.SignIn;

namespace SmartRadio.Web.Shared.Api;

/// <summary>The REST API: for programs that hold a key. Its handlers are the pages' own.</summary>
internal static class ApiServices
{
    private const string Root = "/api/v1";

    public static void AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            var options = json.SerializerOptions;
            options.Converters.Add(new InstantJson());
            options.Converters.Add(new ClassJson());
            options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
            // A misspelt "start" must be refused: without it a broadcast would go on air now.
            options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            options.RespectNullableAnnotations = true;
            options.RespectRequiredConstructorParameters = true;
            options.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        });
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddSingleton<EnrolmentLimits>();
        services.AddSingleton<QueryCheck>();
        services.AddRadioOpenApi();
    }

    /// <summary>Refuses what no operation reads.</summary>
    public static void UseQueryCheck(this WebApplication app) =>
        app.Use(static (context, next) => context.RequestServices.GetRequiredService<QueryCheck>().CheckAsync(context, next));

    public static void MapApi(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi().AllowAnonymous();
        var api = app.MapGroup(Root).RequireAuthorization(SignInServices.KeyOnly).DisableAntiforgery();
        api.MapBulletins();
        api.MapBroadcasts();
        api.MapSchedules();
        api.MapAreas();
        api.MapNodes();
        api.MapReleases();
        api.MapEnrolments();
    }

    /// <summary>Names an operation for programs.</summary>
    public static RouteHandlerBuilder Operation(this RouteHandlerBuilder route, string id, string summary) => route.WithName(id).WithSummary(summary);

    /// <summary>Documents what an operation may be refused with.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        // Any operation: a parameter it does not have; no key; the database held by another program.
        route.ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        foreach (var status in statuses)
        {
            route.ProducesProblem(status);
        }

        return route;
    }
}
