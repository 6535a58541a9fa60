using System.Net;

namespace SmartRadio.Mqtt.Broker;

/// <summary>What a client says of itself when it connects.</summary>
public sealed record BrokerCredentials(string ClientId, string? UserName, ReadOnlyMemory<byte> Password);

/// <summary>A client that was let in.</summary>
/// <param name="Name">Whose account it is.</param>
/// <param name="Limits">What it may ask for.</param>
public sealed record BrokerIdentity(string Name, SessionLimits Limits);

/// <summary>What one client may ask of the broker.</summary>
/// <param name="MaxPending">
/// Messages that may wait for it; further ones are dropped. 64 lost some for readers that only lacked processor for a moment, 256
/// none.
/// </param>
/// <param name="MaxPendingAtQos0">The same for those published at QoS 0, such as sound: the oldest are dropped.</param>
/// <param name="MaxPendingBytes">Bytes of payload that may wait for it. One message always may.</param>
/// <param name="AssuredBytes">Of these, what may wait whatever waits for others.</param>
/// <param name="MaxPacket">Largest packet from it and to it, in bytes.</param>
/// <param name="MaxSubscriptions">Filters.</param>
/// <param name="MaxKeepAlive">Seconds; a client that asks for more, or for none, is rejected. 0 lets it choose.</param>
/// <param name="MaxMessagesPerSecond">Published by it, ten seconds' worth at once; a faster one is read slowly. 0 = any.</param>
public sealed record SessionLimits(
    int MaxPending = 256,
    int MaxPendingAtQos0 = 32,
    int MaxPendingBytes = 192 * 1024,
    int AssuredBytes = 4096,
    int MaxPacket = 64 * 1024,
    int MaxSubscriptions = 64,
    int MaxKeepAlive = 120,
    int MaxMessagesPerSecond = 0);

/// <summary>Decides who may use the embedded broker for what, and is told who was rejected. Called from many threads.</summary>
public interface IBrokerAccess
{
    /// <returns>Null when the account or its password is wrong.</returns>
    ValueTask<BrokerIdentity?> SignInAsync(BrokerCredentials credentials, CancellationToken cancellationToken);

    /// <summary>Called for each message and will; must not wait.</summary>
    bool MayPublish(BrokerIdentity identity, string topic);

    /// <summary>Must not wait.</summary>
    bool MaySubscribe(BrokerIdentity identity, string filter);

    /// <summary>
    /// Whether the last message on a topic is kept for later subscribers, if its publisher asks for it. A client may keep few.
    /// </summary>
    bool IsRetained(string topic);

    /// <summary>Must not wait; floods are for the host to bound.</summary>
    void Rejected(RejectedAttempt attempt);
}

/// <summary>What a client wanted.</summary>
public enum BrokerOperation
{
    Connect,
    Publish,
    Subscribe,
}

/// <summary>Somebody tried what the broker does not allow.</summary>
/// <param name="Operation">What it wanted.</param>
/// <param name="UserName">As the client gave it, believed or not; null when it gave none.</param>
/// <param name="Topic">The topic or filter; of a connection that of its will, if that was the trouble.</param>
/// <param name="RemoteEndPoint">Where it came from.</param>
public sealed record RejectedAttempt(BrokerOperation Operation, string? UserName, string? Topic, EndPoint? RemoteEndPoint);
