using System.Net;
using Microsoft.Extensions.Logging;

namespace SmartRadio.Mqtt.Broker;

/// <summary>Counts what is refused, and tells the host of it at a bounded rate.</summary>
/// <param name="statistics">Where all of it is counted.</param>
/// <param name="hook">Null when the host does not want to know.</param>
/// <param name="time">Tells the seconds apart.</param>
/// <param name="logger">For a hook that fails.</param>
internal sealed class RefusalWatch(BrokerStatistics statistics, IMqttRefusals? hook, TimeProvider time, ILogger logger)
{
    /// <summary>Told in a second; a host can write so many down.</summary>
    public const int MostPerSecond = 50;

    /// <summary>Of these, about one client: it must not hide the others.</summary>
    public const int MostPerClient = 5;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _toldOfClient = new(StringComparer.Ordinal);
    private long _second;
    private int _told;

    /// <param name="clientId">Empty when it is not known yet.</param>
    /// <param name="userName">As given.</param>
    /// <param name="remote">Where it came from.</param>
    /// <param name="reason">Why.</param>
    /// <param name="willTopic">When the will is the reason.</param>
    public void Connect(string clientId, string? userName, EndPoint? remote, MqttReasonCode reason, string? willTopic = null)
    {
        statistics.CountRefusedConnection();
        if (MayTell(clientId))
        {
            Tell(new MqttRefusal(clientId, userName, remote, MqttOperation.Connect, willTopic, reason));
        }
    }

    public void Publish(MqttPeer peer, string topic, MqttReasonCode reason)
    {
        statistics.CountRefusedPublish();
        Tell(peer, MqttOperation.Publish, topic, reason);
    }

    public void Subscribe(MqttPeer peer, string filter, MqttReasonCode reason)
    {
        statistics.CountRefusedSubscription();
        Tell(peer, MqttOperation.Subscribe, filter, reason);
    }

    private void Tell(MqttPeer peer, MqttOperation operation, string topic, MqttReasonCode reason)
    {
        if (MayTell(peer.ClientId))
        {
            Tell(new MqttRefusal(peer.ClientId, peer.UserName, peer.RemoteEndPoint, operation, topic, reason));
        }
    }

    private bool MayTell(string clientId)
    {
        if (hook is null)
        {
            return false;
        }

        var second = time.GetUtcNow().ToUnixTimeSeconds();
        lock (_gate)
        {
            if (second != _second)
            {
                _second = second;
                _told = 0;
                _toldOfClient.Clear();
            }

            var ofClient = _toldOfClient.GetValueOrDefault(clientId);
            if (_told < MostPerSecond && ofClient < MostPerClient)
            {
                _told++;
                _toldOfClient[clientId] = ofClient + 1;
                return true;
            }
        }

        statistics.CountUntoldRefusal();
        return false;
    }

    private void Tell(MqttRefusal refusal)
    {
        try
        {
            hook!.Refused(refusal);
        }
        catch (Exception e)
        {
            // Whoever only watches must not break what is watched.
            logger.LogError(e, "The host could not take note of a refusal");
        }
    }
}
