using System.Globalization;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Nodes;
using SmartRadio.Web.Shared;

namespace SmartRadio.Web.Broadcasts;

/// <summary>What a loudspeaker recorded of a broadcast, for whoever may see it; players ask for it in ranges.</summary>
internal static class RecordingFiles
{
    public static string AddressOf(long broadcast, string node) =>
        string.Create(CultureInfo.InvariantCulture, $"/broadcasts/{broadcast}/recordings/{node}.wav");

    public static void MapRecordings(this IEndpointRouteBuilder app) =>
        app.MapGet(
            "/broadcasts/{id:long}/recordings/{node}.wav",
            async (
                long id, string node, BroadcastRecordings recordings, NodeQuery nodes, MyGrants mine,
                CancellationToken cancellationToken) =>
                recordings.Find(node, id) is { } path
                && await nodes.GetAsync(node, await mine.SeenAsync(cancellationToken), cancellationToken) is not null
                    ? Results.File(path, "audio/wav", enableRangeProcessing: true)
                    : Results.NotFound()).ExcludeFromDescription();
}
