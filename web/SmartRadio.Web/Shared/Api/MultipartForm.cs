using SmartRadio.Audio.Files;
using SmartRadio.Controller;
using SmartRadio.Web.Errors;

namespace SmartRadio.Web.Shared.Api;

/// <summary>Reads a form with a file, and says what is wrong with one that cannot be read.</summary>
internal static class MultipartForm
{
    public static async Task<IFormCollection> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var form = await request.ReadFormAsync(cancellationToken);
            return RepeatedFields.Find(form, []) is { } twice ? throw new RefusedException(Refusal.Malformed, twice) : form;
        }
        catch (InvalidDataException)
        {
            throw new RefusedException(Refusal.Malformed, "multipart/form-data");
        }
        catch (IOException problem) when (FullDisk.Is(problem))
        {
            throw new RefusedException(Refusal.DiskFull);
        }
        catch (IOException problem) when (problem is not BadHttpRequestException)
        {
            // The body ends before its last boundary.
            throw new ProblemException(StatusCodes.Status400BadRequest, "BodyCut");
        }
    }
}
