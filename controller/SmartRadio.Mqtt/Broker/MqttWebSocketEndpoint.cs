using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace SmartRadio.Mqtt.Broker;

/// <summary>MQTT over WebSocket, on the web host's own ports and certificates.</summary>
public static class MqttWebSocketEndpoint
{
    private const string SubProtocol = "mqtt";

    /// <summary>Serves the broker of this host at a path. The application must use the WebSocket middleware.</summary>
    public static IEndpointConventionBuilder MapMqtt(this IEndpointRouteBuilder endpoints, string path = "/mqtt") =>
        endpoints.Map(path, ServeAsync);

    private static async Task ServeAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest || !context.WebSockets.WebSocketRequestedProtocols.Contains(SubProtocol))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync("This address speaks MQTT over WebSocket.", context.RequestAborted);
            return;
        }

        var socket = await context.WebSockets.AcceptWebSocketAsync(SubProtocol);
        var remote = new IPEndPoint(context.Connection.RemoteIpAddress ?? IPAddress.None, context.Connection.RemotePort);
        await context.RequestServices.GetRequiredService<MqttBroker>().ServeAsync(socket, remote, context.Abort, context.Connection.ClientCertificate);
    }
}
