using System.Collections.Concurrent;

namespace SmartRadio.Mqtt.Broker.Connections;

/// <summary>All open connections, greeted or not.</summary>
internal sealed class ConnectionList
{
    private readonly ConcurrentDictionary<BrokerConnection, bool> _open = new();
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Add(BrokerConnection connection)
    {
        _open[connection] = true;
        Interlocked.Increment(ref _count);
    }

    public void Remove(BrokerConnection connection)
    {
        if (_open.TryRemove(connection, out _))
        {
            Interlocked.Decrement(ref _count);
        }
    }

    /// <summary>Closes those whose time is up.</summary>
    public void Sweep(long now)
    {
        foreach (var (connection, _) in _open)
        {
            connection.CloseIfOverdue(now);
        }
    }

    public void CloseAll(MqttReasonCode reason)
    {
        foreach (var (connection, _) in _open)
        {
            connection.Close(reason);
        }
    }
}
