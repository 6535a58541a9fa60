using System.Collections;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Wire;

namespace SmartRadio.Controller.Delivery;

/// <summary>The chunks of one object that somebody still waits for, sent round in order.</summary>
internal sealed class Carousel
{
    private readonly Lock _lock = new();
    private readonly ObjectFile _file;
    private readonly BitArray _wanted;
    private int _missing;
    private int _position;
    private bool _closed;

    public Carousel(ObjectFile file, DateTimeOffset notBefore)
    {
        _file = file;
        NotBefore = notBefore;
        _wanted = new BitArray(file.Layout.Chunks);
    }

    public string ObjectId => _file.Id;

    /// <summary>Until then requests are only gathered.</summary>
    public DateTimeOffset NotBefore { get; }

    /// <summary>Adds what a node lacks; ranges beyond the object's end are cut.</summary>
    /// <returns>False when it has closed: a new one is needed.</returns>
    public bool Want(ChunkRequest request)
    {
        lock (_lock)
        {
            if (_closed)
            {
                return false;
            }

            for (var range = 0; range < request.First.Length; range++)
            {
                var end = Math.Min(request.First[range] + request.Count[range], _wanted.Length);
                for (var index = request.First[range]; index < end; index++)
                {
                    _missing += _wanted[index] ? 0 : 1;
                    _wanted[index] = true;
                }
            }

            return true;
        }
    }

    /// <summary>The next wanted chunk after the last one sent, going round; null when none is.</summary>
    public int? Next()
    {
        lock (_lock)
        {
            for (var step = 0; _missing > 0 && step < _wanted.Length; step++)
            {
                var index = (_position + step) % _wanted.Length;
                if (_wanted[index])
                {
                    return index;
                }
            }

            return null;
        }
    }

    /// <summary>The chunk as it goes on the wire.</summary>
    public byte[] Read(int index) =>
        new ObjectChunk { Index = index, ObjectLength = _file.Layout.Length, Payload = _file.Chunk(index) }.Write();

    /// <summary>Closes it when nothing is wanted any more.</summary>
    public bool TryClose()
    {
        lock (_lock)
        {
            _closed = _missing == 0;
            return _closed;
        }
    }

    public void Sent(int index)
    {
        lock (_lock)
        {
            _wanted[index] = false;
            _missing--;
            _position = (index + 1) % _wanted.Length;
        }
    }
}
