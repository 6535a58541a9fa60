using SmartRadio.Controller.Bulletins;

namespace SmartRadio.Web.Bulletins;

/// <summary>The sound a page's player asks for, in ranges.</summary>
internal static class SoundFiles
{
    public static void MapSounds(this IEndpointRouteBuilder app) =>
        app.MapGet("/bulletins/{id:long}/preview.mp3", (long id, BulletinFiles files) =>
            File.Exists(files.PreviewOf(id))
                ? Results.File(files.PreviewOf(id), "audio/mpeg", enableRangeProcessing: true)
                : Results.NotFound()).ExcludeFromDescription();
}
