using System.Net.Mime;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace SmartRadio.Web.Shared.Api;

/// <summary>The bytes of the API's description. It is the same for everybody, and is made once.</summary>
internal sealed class OpenApiDocument(IServiceProvider services)
{
    public const string Name = "v1";

    private readonly Lazy<Task<byte[]>> _bytes = new(() => MakeAsync(services));

    public static async Task<IResult> AnswerAsync(OpenApiDocument document, CancellationToken cancellationToken) =>
        TypedResults.Bytes(await document._bytes.Value.WaitAsync(cancellationToken), MediaTypeNames.Application.Json);

    // Whoever asks first may go: the others wait for the same.
    private static async Task<byte[]> MakeAsync(IServiceProvider services)
    {
        var document = await services.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name)
            .GetOpenApiDocumentAsync(CancellationToken.None);
        using var bytes = new MemoryStream();
        await document.SerializeAsync(bytes, OpenApiSpecVersion.OpenApi3_1, OpenApiConstants.Json, CancellationToken.None);
        return bytes.ToArray();
    }
}
