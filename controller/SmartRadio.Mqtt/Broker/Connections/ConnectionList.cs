using System.Buffers;

namespace SmartRadio.Mqtt.Broker.Connections;

/// <summary>All open connections, greeted or not.</summary>
internal sealed class ConnectionList
{
    private readonly Lock _gate = new();
    private readonly List<BrokerConnection> _open = [];
    private TaskCompletionSource? _empty;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _open.Count;
            }
        }
    }

    public void Add(BrokerConnection connection)
    {
        lock (_gate)
        {
            connection.ListIndex = _open.Count;
            _open.Add(connection);
        }
    }

    public void Remove(BrokerConnection connection)
    {
        lock (_gate)
        {
            var last = _open[^1];
            last.ListIndex = connection.ListIndex;
            _open[connection.ListIndex] = last;
            _open.RemoveAt(_open.Count - 1);
            if (_open.Count == 0)
            {
                _empty?.TrySetResult();
                _empty = null;
            }
        }
    }

    /// <summary>Completes when the last one is gone.</summary>
    public Task WhenEmptyAsync()
    {
        lock (_gate)
        {
            if (_open.Count == 0)
            {
                return Task.CompletedTask;
            }

            _empty ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _empty.Task;
        }
    }

    /// <summary>Closes those whose time is up.</summary>
    public void Sweep(long now) => ForEach(connection => connection.CloseIfOverdue(now));

    public void CloseAll(MqttReasonCode reason) => ForEach(connection => connection.Close(reason));

    /// <summary>Outside the lock: a connection that is closed comes back here to be removed.</summary>
    private void ForEach(Action<BrokerConnection> act)
    {
        BrokerConnection[] connections;
        int count;
        lock (_gate)
        {
            count = _open.Count;
            connections = ArrayPool<BrokerConnection>.Shared.Rent(count);
            _open.CopyTo(connections);
        }

        foreach (var connection in connections.AsSpan(0, count))
        {
            act(connection);
        }

        ArrayPool<BrokerConnection>.Shared.Return(connections, clearArray: true);
    }
}
