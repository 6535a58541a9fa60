namespace SmartRadio.Mqtt.Client;

/// <summary>Packet identifiers in use, of messages and requests alike (MQTT 5, 2.2.1).</summary>
internal sealed class PacketIds
{
    private readonly Lock _gate = new();
    private readonly HashSet<ushort> _used = [];
    private ushort _last;

    public ushort Take()
    {
        lock (_gate)
        {
            if (_used.Count == ushort.MaxValue)
            {
                throw new InvalidOperationException("All 65,535 packet identifiers are in use.");
            }

            do
            {
                _last = _last == ushort.MaxValue ? (ushort)1 : (ushort)(_last + 1);
            }
            while (!_used.Add(_last));
            return _last;
        }
    }

    public void Free(ushort id)
    {
        lock (_gate)
        {
            _used.Remove(id);
        }
    }
}
