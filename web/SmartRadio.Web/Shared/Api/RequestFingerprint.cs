using System.Security.Cryptography;
using System.Text;
using SmartRadio.Web.Errors;

namespace SmartRadio.Web.Shared.Api;

/// <summary>Tells one request of the API from another: operation, query and what the body says.</summary>
internal static class RequestFingerprint
{
    /// <summary>
    /// SHA-256; the body can be read again afterwards. A form is taken by its fields, because its boundary is new each time.
    /// </summary>
    public static async Task<byte[]> OfAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, request.Method);
        Add(hash, request.Path.ToUriComponent());
        Add(hash, request.QueryString.Value ?? string.Empty);
        if (request.HasFormContentType)
        {
            await AddFormAsync(hash, await MultipartForm.ReadAsync(request, cancellationToken), cancellationToken);
        }
        else
        {
            BodyLimit.Narrow(request.HttpContext);
            request.EnableBuffering();
            await AddAsync(hash, request.Body, cancellationToken);
            request.Body.Position = 0;
        }

        return hash.GetHashAndReset();
    }

    private static async Task AddFormAsync(IncrementalHash hash, IFormCollection form, CancellationToken cancellationToken)
    {
        foreach (var (name, values) in form.OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            Add(hash, name);
            foreach (var value in values)
            {
                Add(hash, value ?? string.Empty);
            }
        }

        foreach (var file in form.Files)
        {
            Add(hash, file.Name);
            Add(hash, file.FileName);
            await using var content = file.OpenReadStream();
            await AddAsync(hash, content, cancellationToken);
        }
    }

    // The length goes first: "ab" and "c" are not "a" and "bc".
    private static void Add(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }

    private static async Task AddAsync(IncrementalHash hash, Stream content, CancellationToken cancellationToken)
    {
        var buffer = new byte[16_384];
        int read;
        while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            hash.AppendData(buffer.AsSpan(0, read));
        }
    }
}
