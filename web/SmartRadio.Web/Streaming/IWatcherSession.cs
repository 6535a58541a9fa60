namespace SmartRadio.Web.Streaming;

/// <summary>Knows how long whoever watches a stream stays signed in.</summary>
internal interface IWatcherSession
{
    /// <summary>When the session of the request ends if nobody uses it any more; null = it is over.</summary>
    Task<DateTimeOffset?> LastsUntilAsync(HttpContext context, CancellationToken cancellationToken);
}
