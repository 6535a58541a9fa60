using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace SmartRadio.Mqtt.Client;

/// <summary>The client's side of a connection over TLS; Kestrel has the server's alone.</summary>
internal sealed class TlsConnection : DefaultConnectionContext, IDuplexPipe
{
    private TlsConnection(SslStream stream)
    {
        (Input, Output) = (PipeReader.Create(stream), PipeWriter.Create(stream));
        Transport = this;
        ConnectionClosed.Register(stream.Dispose);
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    /// <summary>Shakes hands over a connected socket, which ends with the connection.</summary>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The broker does not prove itself.</exception>
    public static async Task<TlsConnection> OpenAsync(
        Socket socket, SslClientAuthenticationOptions options, CancellationToken cancellationToken)
    {
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await stream.AuthenticateAsClientAsync(options, cancellationToken);
        return new TlsConnection(stream);
    }
}
