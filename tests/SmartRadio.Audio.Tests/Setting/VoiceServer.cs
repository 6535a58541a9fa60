using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace SmartRadio.Audio.Tests.Setting;

/// <summary>A stand-in for a voice service, on a free port of this machine.</summary>
internal sealed class VoiceServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private VoiceServer(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    /// <summary>Of each request: method and path, query, the header Authorization, and the body.</summary>
    public ConcurrentQueue<(string Asked, IQueryCollection Query, string Authorization, string Body)> Requests { get; } = [];

    /// <param name="answer">Answers each request.</param>
    public static async Task<VoiceServer> StartAsync(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new VoiceServer(app);
        app.Run(async context =>
        {
            var request = context.Request;
            using var reader = new StreamReader(request.Body, Encoding.UTF8);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            server.Requests.Enqueue(
                ($"{request.Method} {request.Path}", request.Query, request.Headers.Authorization.ToString(), body));
            await answer(context);
        });
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
