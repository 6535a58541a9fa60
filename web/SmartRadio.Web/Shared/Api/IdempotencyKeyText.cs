using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SmartRadio.Web.Shared.Repeats;

namespace SmartRadio.Web.Shared.Api;

/// <summary>Describes the header Idempotency-Key of each operation that changes something.</summary>
internal static class IdempotencyKeyText
{
    private const string About =
        "Optional, 1 to 128 visible ASCII characters. A request that succeeded is not carried out again under the same key within 24 hours: "
        + "the same status and body are answered. Another request under the same key is answered with 422. A refused request may be sent again.";

    private const string AboutSecret = About
        + " The answer of this operation holds a secret and is not kept: a repeat is answered with 409.";

    public static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (context.Description.HttpMethod is not ("POST" or "PUT" or "DELETE") || metadata.OfType<AlwaysCarriedOut>().Any()
            || context.Description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) != true)
        {
            return;
        }

        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = IdempotencyKeys.Header,
            In = ParameterLocation.Header,
            Description = metadata.OfType<SecretAnswer>().Any() ? AboutSecret : About,
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                MinLength = 1,
                MaxLength = IdempotencyKeys.Longest,
                Pattern = "^[!-~]+$"
            },
        });
        operation.Responses ??= [];
        operation.Responses.TryAdd(
            "409", new OpenApiResponse { Description = "Done before under this Idempotency-Key; the answer was not kept." });
        operation.Responses.TryAdd(
            "422", new OpenApiResponse { Description = "The Idempotency-Key was used for another request." });
    }
}
