using System.Globalization;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Web.Shared;

namespace SmartRadio.Web.Bulletins;

/// <summary>The sound a page's player asks for, in ranges.</summary>
internal static class SoundFiles
{
    public static void MapSounds(this IEndpointRouteBuilder app) =>
        app.MapGet(
            "/bulletins/{id:long}/preview.mp3",
            async (long id, BulletinFiles files, BulletinQuery bulletins, MyGrants mine, CancellationToken cancellationToken) =>
            await bulletins.GetAsync(id, await mine.SeenAsync(cancellationToken), cancellationToken) is { } detail
                && File.Exists(files.PreviewOf(detail.Bulletin))
                ? Results.File(
                    files.PreviewOf(detail.Bulletin), "audio/mpeg", string.Create(CultureInfo.InvariantCulture, $"bulletin-{id}.mp3"),
                    enableRangeProcessing: true)
                : Results.NotFound()).ExcludeFromDescription();
}
