using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace SmartRadio.Mqtt.Broker;

/// <summary>What a client says when it connects.</summary>
public sealed record MqttConnectRequest(string ClientId, string? UserName, ReadOnlyMemory<byte>? Password, EndPoint? RemoteEndPoint)
{
    public MqttProtocolVersion Version { get; init; } = MqttProtocolVersion.V5;

    /// <summary>The client's certificate, when it showed one over TLS.</summary>
    public X509Certificate2? Certificate { get; init; }
}

/// <summary>The answer to a <see cref="MqttConnectRequest"/>.</summary>
/// <param name="ReasonCode"><see cref="MqttReasonCode.Success"/> lets the client in.</param>
/// <param name="Identity">Whom the authenticator recognised; handed to the authorizer with each request.</param>
/// <param name="Reason">A sentence for the client.</param>
public sealed record MqttAuthentication(MqttReasonCode ReasonCode, object? Identity = null, string? Reason = null)
{
    /// <summary>Enhanced authentication only: what the client is sent with this answer.</summary>
    public ReadOnlyMemory<byte>? Data { get; init; }

    /// <summary>With <see cref="MqttReasonCode.UseAnotherServer"/> and <see cref="MqttReasonCode.ServerMoved"/>: where to, as <c>host:port</c> (MQTT 5, 4.13).</summary>
    public string? ServerReference { get; init; }

    /// <param name="identity">Whom the authenticator recognised.</param>
    /// <param name="data">Enhanced authentication only: the last word, by which a client may recognise the broker.</param>
    public static MqttAuthentication Accept(object? identity = null, ReadOnlyMemory<byte>? data = null) => new(MqttReasonCode.Success, identity) { Data = data };

    /// <summary>Enhanced authentication only: the client is asked on.</summary>
    public static MqttAuthentication Continue(ReadOnlyMemory<byte> challenge) => new(MqttReasonCode.ContinueAuthentication) { Data = challenge };

    public static MqttAuthentication Refuse(MqttReasonCode reasonCode = MqttReasonCode.NotAuthorized, string? reason = null) =>
        new(reasonCode, null, reason);
}

/// <summary>A client that was let in.</summary>
public sealed record MqttPeer(string ClientId, string? UserName, object? Identity, EndPoint? RemoteEndPoint, MqttProtocolVersion Version);

/// <summary>Decides who may connect. Called from many threads.</summary>
public interface IMqttAuthenticator
{
    ValueTask<MqttAuthentication> AuthenticateAsync(MqttConnectRequest request, CancellationToken cancellationToken);
}

/// <summary>Decides what a client may do. Called for every message published: it must be quick, and it is called from many threads.</summary>
public interface IMqttAuthorizer
{
    bool MayPublish(MqttPeer peer, string topic);

    /// <param name="peer">Who asks.</param>
    /// <param name="filter">What it wants; of a shared subscription the filter inside.</param>
    bool MaySubscribe(MqttPeer peer, string filter);
}

/// <summary>Lets everybody do everything: for a broker that only trusted programs reach.</summary>
public sealed class AllowAll : IMqttAuthenticator, IMqttAuthorizer
{
    public ValueTask<MqttAuthentication> AuthenticateAsync(MqttConnectRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(MqttAuthentication.Accept());

    public bool MayPublish(MqttPeer peer, string topic) => true;

    public bool MaySubscribe(MqttPeer peer, string filter) => true;
}
