using SmartRadio.Protocol;
using SmartRadio.Protocol.Objects;

namespace SmartRadio.Controller.Bulletins;

/// <summary>
/// An approved bulletin in one codec, as nodes store it: a file named by its content address. Bulletins of the same sound share
/// it.
/// </summary>
public sealed class SoundObject
{
    /// <summary>32 hexadecimal digits, see <see cref="ObjectLayout"/>.</summary>
    public required string Id { get; set; }

    public long BulletinId { get; set; }

    public CodecId Codec { get; set; }

    public long Bytes { get; set; }

    /// <summary>Samples at the codec's rate.</summary>
    public long Samples { get; set; }
}
