using System.Collections.Concurrent;

namespace SmartRadio.Mqtt.Broker;

/// <summary>Lets clients in and sees them out.</summary>
internal sealed class ClientGate(
    EmbeddedBrokerOptions options, IBrokerAccess access, MessageRouter router, BrokerMetrics metrics, ILogger logger)
{
    private readonly ConcurrentDictionary<string, BrokerSession> _sessions = new(StringComparer.Ordinal);
    private int _disconnections;

    /// <summary>Answers a CONNECT. MQTTnet's handler: it never throws.</summary>
    public async Task SignInAsync(ValidatingConnectionEventArgs args)
    {
        var connection = (BrokerConnection)args.ChannelAdapter;
        try
        {
            var seen = Volatile.Read(ref _disconnections);
            var credentials = new BrokerCredentials(args.ClientId ?? string.Empty, args.UserName, args.RawPassword);
            var isPlain = args.AuthenticationMethod is null;
            var identity = isPlain ? await access.SignInAsync(credentials, args.CancellationToken) : null;
            (args.ReasonCode, args.ReasonString, var topic) = Judge(identity, args, connection);
            if (args.ReasonCode != MqttConnectReasonCode.Success)
            {
                router.Reject(BrokerOperation.Connect, connection, topic);
                return;
            }

            Enter(args, connection, identity!);
            if (seen != Volatile.Read(ref _disconnections))
            {
                connection.Abort("Rights changed while it signed in; it shall try again.");
            }
        }
        catch (Exception e)
        {
            args.ReasonCode = MqttConnectReasonCode.ServerUnavailable;
            if (!args.CancellationToken.IsCancellationRequested)
            {
                logger.LogError(e, "A sign-in could not be checked");
            }
        }
    }

    /// <summary>A connection has ended, or another has taken its place. MQTTnet's handler.</summary>
    public Task SignedOutAsync(ClientDisconnectedEventArgs args)
    {
        var session = MessageRouter.SessionOf(args.SessionItems);
        session.End();
        _sessions.TryRemove(KeyValuePair.Create(args.ClientId, session));
        return Task.CompletedTask;
    }

    /// <summary>Closes a client's connection, if it has one.</summary>
    public void Disconnect(string clientId)
    {
        Interlocked.Increment(ref _disconnections);
        _sessions.GetValueOrDefault(clientId)?.Connection.Abort("The client's rights have changed.");
    }

    /// <summary>Closes those who do not read: MQTTnet would wait for one after the other before it stops.</summary>
    public void AbortStalled()
    {
        foreach (var session in _sessions.Values.Where(session => session.Connection.IsStalled))
        {
            session.Connection.Abort("The broker stops.");
        }
    }

    /// <summary>Sees out those whose keep-alive has run out.</summary>
    public void EndSilent()
    {
        foreach (var (_, session) in _sessions)
        {
            if (session.Connection.IsSilent)
            {
                _ = session.Connection.EndSilenceAsync();
            }
        }
    }

    /// <returns>The answer, why in words, and the topic that was the trouble.</returns>
    private (MqttConnectReasonCode Code, string? Reason, string? Topic) Judge(
        BrokerIdentity? identity, ValidatingConnectionEventArgs args, BrokerConnection connection) => identity switch
        {
            null => (MqttConnectReasonCode.BadUserNameOrPassword, null, null),
            // MQTTnet would reject it only after it has been counted.
            _ when string.IsNullOrEmpty(args.ClientId) => (MqttConnectReasonCode.ClientIdentifierNotValid, null, null),
            { Limits.MaxKeepAlive: > 0 and var most } when !(connection.KeepAlive >= 1 && connection.KeepAlive <= most) =>
                (MqttConnectReasonCode.NotAuthorized, $"The keep-alive must be from 1 to {most} s.", null),
            _ when connection.Will is { Topic: var will } && !access.MayPublish(identity, will) =>
                (MqttConnectReasonCode.NotAuthorized, "The topic of the will is not the client's.", will),
            _ => (MqttConnectReasonCode.Success, null, null),
        };

    private void Enter(ValidatingConnectionEventArgs args, BrokerConnection connection, BrokerIdentity identity)
    {
        var session = new BrokerSession(connection, identity, router.Index, metrics, options.MaxPendingBytes);
        metrics.CountConnected(1);
        connection.Session = session;
        connection.Place.SignIn();
        args.SessionItems[typeof(BrokerSession)] = session;
        BrokerSession? old;
        lock (_sessions)
        {
            old = _sessions.GetValueOrDefault(args.ClientId);
            old?.Connection.Replace();
            _sessions[args.ClientId] = session;
        }

        if (old?.Connection.Will is { } will)
        {
            // MQTTnet publishes none when a place is taken. The standard does (MQTT 5, 3.1.4), and it shows the taking.
            router.Publish(will);
        }
    }
}
