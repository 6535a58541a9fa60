using SmartRadio.Protocol.Objects;

namespace SmartRadio.Controller.Objects;

/// <summary>Passes sound through to a file and works out the object's id on the way; see <see cref="ObjectLayout"/>.</summary>
internal sealed class ObjectStream(Stream destination) : Stream
{
    private readonly byte[] _piece = new byte[ObjectLayout.PieceLength];
    private readonly MemoryStream _manifest = new();
    private int _filled;
    private long _length;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    /// <summary>Digests of all pieces. The sound is complete: nothing is written after this.</summary>
    public byte[] Manifest()
    {
        if (_filled > 0)
        {
            _manifest.Write(ObjectHash.Digest(_piece[.._filled]));
            _filled = 0;
        }

        return _manifest.ToArray();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        destination.Write(buffer);
        Digest(buffer);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await destination.WriteAsync(buffer, cancellationToken);
        Digest(buffer.Span);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => destination.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _manifest.Dispose();
        base.Dispose(disposing);
    }

    private void Digest(ReadOnlySpan<byte> sound)
    {
        _length += sound.Length;
        while (!sound.IsEmpty)
        {
            var part = sound[..Math.Min(sound.Length, _piece.Length - _filled)];
            part.CopyTo(_piece.AsSpan(_filled));
            _filled += part.Length;
            sound = sound[part.Length..];
            if (_filled == _piece.Length)
            {
                _manifest.Write(ObjectHash.Digest(_piece));
                _filled = 0;
            }
        }
    }
}
