using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Web.Streaming;

/// <summary>Draws islands: for their streams, and for the page that shows them first.</summary>
internal sealed class IslandDrawing(
    ChangeFeed feed, DrawingTurns turns, IServiceScopeFactory scopes, ILoggerFactory logs, TimeProvider time)
{
    private readonly ILogger _logger = logs.CreateLogger<IslandDrawing>();

    public ChangeFeed Feed => feed;

    public TimeProvider Time => time;

    /// <summary>Its HTML outside a request; null when it could not be drawn now.</summary>
    public async Task<string?> TryDrawAsync(OpenIsland island, Grants grants, CancellationToken cancellationToken)
    {
        try
        {
            using var turn = await turns.TakeAsync(cancellationToken);
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Viewer>().Grants = grants;
            return await DrawAsync(island, scope.ServiceProvider);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (Exception problem)
        {
            _logger.LogError(problem, "{Island} could not be drawn; tried again soon", island.Component.Name);
            return null;
        }
    }

    /// <summary>Its HTML within a request, which has a turn already.</summary>
    public async Task<string> DrawAsync(OpenIsland island, IServiceProvider services)
    {
        await using var renderer = new HtmlRenderer(services, logs);
        var parameters = ParameterView.FromDictionary(
            new Dictionary<string, object?>(island.Parameters, StringComparer.Ordinal));
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync(island.Component, parameters)).ToHtmlString());
    }
}
