using System.Text.Json;

namespace SmartRadio.Web.Shared.Api;

/// <summary>
/// Reads a JSON body where an address takes more than JSON, with the same answers as the framework's own reading.
/// </summary>
internal static class JsonBody
{
    public static async Task<T> ReadAsync<T>(HttpRequest request, CancellationToken cancellationToken)
        where T : class
    {
        if (!request.HasJsonContentType())
        {
            throw new BadHttpRequestException("Neither JSON nor multipart.", StatusCodes.Status415UnsupportedMediaType);
        }

        try
        {
            return await request.ReadFromJsonAsync<T>(cancellationToken) ?? throw new JsonException("The body is null.");
        }
        catch (JsonException malformed)
        {
            throw new BadHttpRequestException("Malformed JSON.", StatusCodes.Status400BadRequest, malformed);
        }
    }
}
