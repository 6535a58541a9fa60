namespace SmartRadio.Mqtt.Broker.Storage;

/// <summary>A message's number in the store and how many deliveries need it there.</summary>
internal sealed class StoredMessage
{
    private readonly Lock _gate = new();
    private long _number;
    private int _needed;

    /// <summary>One more delivery needs it.</summary>
    /// <param name="nextNumber">Makes a number when it has none.</param>
    /// <returns>Its number, and whether it must be written now.</returns>
    public (long Number, bool IsNew) Add(Func<long> nextNumber)
    {
        lock (_gate)
        {
            var isNew = _needed++ == 0;
            _number = isNew ? nextNumber() : _number;
            return (_number, isNew);
        }
    }

    /// <summary>One delivery fewer.</summary>
    /// <returns>The number when nobody needs it any more.</returns>
    public long? Remove()
    {
        lock (_gate)
        {
            return --_needed == 0 ? _number : null;
        }
    }

    /// <summary>As found in the file.</summary>
    public void Restore(long number)
    {
        lock (_gate)
        {
            _number = number;
            _needed++;
        }
    }
}
