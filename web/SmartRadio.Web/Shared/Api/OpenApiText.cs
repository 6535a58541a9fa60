using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SmartRadio.Protocol;

namespace SmartRadio.Web.Shared.Api;

/// <summary>The description of the API at /openapi/v1.json.</summary>
internal static class OpenApiText
{
    private const string About =
        "Bulletins go to loudspeaker nodes by this API or by the pages, through the same handlers. "
        + "Make a key on the page \"API keys\" and send it as \"Authorization: Bearer sr_…\" or \"X-Api-Key: sr_…\". "
        + "Refusals are RFC 9457 problem documents in Vietnamese, or in English for Accept-Language: en; \"code\" names the reason. "
        + "Members and query parameters that are not described here are refused. "
        + "Instants are ISO 8601 with an offset. A list holds at most \"limit\" rows; while there are more, its header \"Link\" has the next part's address (rel=\"next\"). "
        + "Send \"Idempotency-Key\" with what changes something, and repeat it without fear: it is done once.";

    public static void AddRadioOpenApi(this IServiceCollection services) => services.AddOpenApi(OpenApiDocument.Name, options =>
    {
        options.AddDocumentTransformer(static (document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "SmartRadio", Version = "v1", Description = About };
            document.Servers = null;
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
            {
                [ApiServices.KeyScheme] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    Description = "An API key, sr_…"
                },
            };
            document.Security =
                [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(ApiServices.KeyScheme, document)] = [] }];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(UploadTransformer);
        options.AddOperationTransformer(ListTransformer);
        options.AddOperationTransformer(static (operation, context, _) =>
        {
            IdempotencyKeyText.Describe(operation, context);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer(static (schema, context, _) =>
        {
            var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
            if (type.IsEnum)
            {
                var isNullable = type != context.JsonTypeInfo.Type;
                schema.Type = isNullable ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
                schema.Enum = type == typeof(BroadcastClass)
                    ? ["normal", "priority", "emergency"]
                    : [.. Enum.GetNames(type).Select(name => (JsonNode)EnumJson.NameOf(name))];
            }

            return Task.CompletedTask;
        });
    });

    /// <summary>What the headers of a list say.</summary>
    private static Task ListTransformer(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (operation.Parameters?.Any(parameter => parameter.Name == "limit") == true
            && operation.Responses?["200"] is OpenApiResponse answer)
        {
            answer.Headers = new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal)
            {
                ["Link"] = Header(
                    JsonSchemaType.String, "While there are more rows: the address of the next ones, rel=\"next\" (RFC 8288)."),
                [ListPage.TotalHeader] = Header(JsonSchemaType.Integer, "Rows in all, where they are counted."),
            };
        }

        return Task.CompletedTask;
    }

    private static OpenApiHeader Header(JsonSchemaType type, string about) =>
        new() { Description = about, Schema = new OpenApiSchema { Type = type } };

    /// <summary>The one operation that takes a file: the framework sees only its JSON form.</summary>
    private static Task UploadTransformer(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (operation.RequestBody?.Content is { } content && content.TryGetValue("multipart/form-data", out _))
        {
            content["multipart/form-data"] = new OpenApiMediaType
            {
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Required = new HashSet<string>(StringComparer.Ordinal) { "title", "file" },
                    Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
                    {
                        ["title"] = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 200 },
                        ["file"] = new OpenApiSchema
                        {
                            Type = JsonSchemaType.String,
                            Format = "binary",
                            Description = "MP3, M4A, WAV, OGG, FLAC."
                        },
                    },
                },
            };
        }

        return Task.CompletedTask;
    }
}
