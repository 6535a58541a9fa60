using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace SmartRadio.Web.Shared.Api;

/// <summary>The REST API: for programs that hold a key. Its handlers are the pages' own.</summary>
internal static class ApiServices
{
    /// <summary>Name of the way in by a key.</summary>
    public const string KeyScheme = "ApiKey";

    /// <summary>Name of the policy of the API, which takes keys only and so needs no antiforgery.</summary>
    public const string KeyOnly = "api-key";

    private const string Root = "/api/v1";

    public static void AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            var options = json.SerializerOptions;
            options.Converters.Add(new InstantJson());
            options.Converters.Add(new ClassJson());
            options.Converters.Add(new EnumJson());
            // A misspelt "start" must be refused: without it a broadcast would go on air now.
            options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            // Two readers of one request could else see two values.
            options.AllowDuplicateProperties = false;
            options.RespectNullableAnnotations = true;
            options.RespectRequiredConstructorParameters = true;
            options.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        });
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddSingleton<QueryCheck>();
        services.AddSingleton<OpenApiDocument>();
        services.AddRadioOpenApi();
    }

    /// <summary>Refuses what no operation reads.</summary>
    public static void UseQueryCheck(this WebApplication app) =>
        app.Use(static (context, next) => context.RequestServices.GetRequiredService<QueryCheck>().CheckAsync(context, next));

    /// <summary>What every room's operations hang below.</summary>
    public static IEndpointRouteBuilder MapApi(this IEndpointRouteBuilder app)
    {
        app.MapGet($"/openapi/{OpenApiDocument.Name}.json", OpenApiDocument.AnswerAsync)
            .AllowAnonymous().ExcludeFromDescription();
        return app.MapGroup(Root).RequireAuthorization(KeyOnly).DisableAntiforgery();
    }

    /// <summary>Names an operation for programs.</summary>
    public static RouteHandlerBuilder Operation(this RouteHandlerBuilder route, string id, string summary) =>
        route.WithName(id).WithSummary(summary);

    /// <summary>Documents what an operation may be refused with.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        // Any operation: a parameter it does not have; no key; the database held by another program.
        route.ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        // Any change: too many of one person wait for their turn.
        route.Add(endpoint =>
        {
            if (endpoint.Metadata.OfType<IHttpMethodMetadata>().Any(verbs => !verbs.HttpMethods.Contains(HttpMethods.Get)))
            {
                endpoint.Metadata.Add(
                    new ProducesResponseTypeMetadata(
                        StatusCodes.Status429TooManyRequests, typeof(ProblemDetails), ["application/problem+json"]));
            }
        });
        foreach (var status in statuses)
        {
            route.ProducesProblem(status);
        }

        return route;
    }
}
