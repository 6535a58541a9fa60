namespace SmartRadio.Web.Streaming;

/// <summary>Parts of pages that change while they are watched, pushed to the browser as ready HTML.</summary>
internal static class LiveServices
{
    /// <summary>What pages ask for by themselves.</summary>
    public const string Path = "/live";

    public static void AddLive(this IServiceCollection services)
    {
        services.AddScoped<Viewer>();
        services.AddSingleton<IslandList>();
        services.AddSingleton<StreamEnd>();
        services.AddSingleton<IslandDrawing>();
        services.AddSingleton<DrawingTurns>();
        services.AddSingleton<IslandHub>();
        services.AddSingleton<StreamPlaces>();
        services.AddSingleton<LiveStream>();
        services.AddSingleton<ProgressBoard>();
    }

    public static void MapLive(this IEndpointRouteBuilder app)
    {
        var live = app.MapGroup(Path).ExcludeFromDescription();
        // Addresses of islands, and of each the mark of what the page holds of it; empty = nothing.
        live.MapGet(
            string.Empty,
            (string[] i, string[] held, IslandList all, LiveStream stream, StreamPlaces places, HttpContext context) =>
            {
                var islands = i.Take(LiveStream.MaxIslands).Select(all.Find).OfType<OpenIsland>().ToList();
                return islands.Count == i.Length && islands.Count > 0
                    ? places.Open(context, () => TypedResults.ServerSentEvents(stream.WatchAsync(islands, held, context)))
                    : Results.NotFound();
            });
        // Asked by pages that lost their stream: the answer tells an ended session from a server that is gone.
        live.MapGet("/session", () => TypedResults.NoContent());
        live.MapGet(
            "/progress/{token:guid}",
            (Guid token, ProgressBoard board, StreamPlaces places, HttpContext context) => places.Open(
                context, () => TypedResults.ServerSentEvents(board.WatchAsync(token, context))));
    }
}
