using System.Globalization;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Repeats;
using Words = Microsoft.Extensions.Localization.IStringLocalizer<SmartRadio.Web.Text.ScreenText>;

namespace SmartRadio.Web.Broadcasts;

/// <summary>The buttons of broadcasts that need no fields.</summary>
internal static class BroadcastForms
{
    private const string Unrecorded = "Stop.Unrecorded";

    public static void MapBroadcastForms(this IEndpointRouteBuilder forms)
    {
        forms.MapPost("/stop-all", StopAllAsync).WithMetadata(new PressAgain("/stop"), new AlwaysCarriedOut());
        forms.MapPost("/areas/{id:long}/stop", StopAreaAsync)
            .WithMetadata(new PressAgain("/stop?area={id}"), new AlwaysCarriedOut());
        forms.MapPost("/broadcasts/{id:long}/restore", (long id, HttpContext context, Words words, MoveBroadcast move) =>
        {
            // The cancelled one stays cancelled: the page of the new one says what will sound.
            string? made = null;
            return FormPosts.DoAsync(
                context,
                async () =>
                {
                    var row = await move.RestoreAsync(id, context.User.Actor(), context.RequestAborted);
                    made = row.Id.ToString(CultureInfo.InvariantCulture);
                    return words["Broadcast.Restore.Done"];
                },
                () => made is null ? null : $"/broadcasts/{made}");
        }).WithMetadata(new LeadsToSubject());
        forms.MapPost("/broadcasts/{id:long}/stop", (long id, HttpContext context, Words words, StopBroadcast stop) =>
            FormPosts.DoAsync(context, async () =>
                words[await stop.HandleAsync(id, context.User.Actor(), CancellationToken.None)
                    ? "Broadcast.Stop.Done"
                    : Unrecorded]))
            .WithMetadata(new AlwaysCarriedOut());
    }

    private static Task<IResult> StopAllAsync(HttpContext context, Words words, StopEverything stop, MyGrants mine) =>
        FormPosts.DoAsync(context, async () =>
    {
        if (await stop.HandleAsync(area: null, context.User.Actor(), CancellationToken.None) is null)
        {
            return words[Unrecorded];
        }

        return words[(await mine.GetAsync(CancellationToken.None)).Of(Right.Stop).IsEverywhere
            ? "StopAll.Done"
            : "StopAll.Done.Mine"];
    });

    private static Task<IResult> StopAreaAsync(long id, HttpContext context, Words words, StopEverything stop, AreaQuery trees) =>
        FormPosts.DoAsync(context, async () =>
    {
        if (await stop.HandleAsync(id, context.User.Actor(), CancellationToken.None) is null)
        {
            return words[Unrecorded];
        }

        var area = (await trees.LoadAsync(CancellationToken.None)).Find(id)!;
        return words["Stop.Area.Done", $"{area.Level} {area.Name}"];
    });
}
