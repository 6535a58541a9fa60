using System.Buffers.Binary;

namespace SmartRadio.Audio.Decoding;

/// <summary>
/// The end of an Ogg whose sounds are FLAC. The first packet of a sound counts its samples, if its recorder came to an end; the
/// last page tells how many of them are there (RFC 9639, sections 8.2 and 10.1; RFC 3533, section 6).
/// </summary>
internal static class OggFlacEnd
{
    private const int MostSounds = 256; // joined to one file
    private const int MostPages = 1 << 18; // seven hours of a page a frame

    private const int Header = 27;
    private const int Flags = 5;
    private const byte FirstOfSound = 2;
    private const int Time = 6; // after its sound, in samples; -1 where no frame ends on the page
    private const int Serial = 14;

    // "\x7FFLAC", its version, a count of headers, "fLaC", a block's header, STREAMINFO; within the last: rate, channels, bits
    // and samples in 8 bytes.
    private const int Packet = 51;
    private const int RateAndSamples = 27;
    private const int RateShift = 44;
    private const long SamplesMask = (1L << 36) - 1;

    /// <returns>
    /// The share of all sounds, 0 to 1; null where one of them is not FLAC or is not counted, or the pages do not follow each
    /// other to the end.
    /// </returns>
    public static double? MissingShare(FileStream file)
    {
        var sounds = new List<Sound>();
        Span<byte> start = stackalloc byte[Header + byte.MaxValue + Packet];
        file.Seek(0, SeekOrigin.Begin);
        for (var i = 0; i < MostPages; i++)
        {
            var at = file.Position;
            var page = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
            if (page.IsEmpty)
            {
                return ShareOf(sounds);
            }

            if (!page.StartsWith("OggS"u8[..Math.Min(4, page.Length)]))
            {
                return null;
            }

            var content = page.Length < Header ? 0 : Header + page[Header - 1];
            var size = content == 0 || page.Length < content ? 0 : content + Sum(page[Header..content]);
            if (size == 0 || size > file.Length - at)
            {
                return ShareOf(sounds); // it is not all there
            }

            if (!Take(sounds, page, content))
            {
                return null;
            }

            file.Seek(at + size, SeekOrigin.Begin);
        }

        return null;
    }

    private static bool Take(List<Sound> sounds, ReadOnlySpan<byte> page, int content)
    {
        var serial = BinaryPrimitives.ReadUInt32LittleEndian(page[Serial..]);
        if ((page[Flags] & FirstOfSound) != 0)
        {
            if (sounds.Count == MostSounds || Sound.Read(serial, page[content..]) is not { } counted)
            {
                return false;
            }

            sounds.Add(counted);
            return true;
        }

        var sound = sounds.FindLast(each => each.Serial == serial);
        if (sound is not null)
        {
            sound.Present = Math.Max(sound.Present, BinaryPrimitives.ReadInt64LittleEndian(page[Time..]));
        }

        return sound is not null;
    }

    private static int Sum(ReadOnlySpan<byte> sizes)
    {
        var sum = 0;
        foreach (var size in sizes)
        {
            sum += size;
        }

        return sum;
    }

    private static double? ShareOf(List<Sound> sounds) => sounds.Count == 0
        ? null
        : sounds.Sum(sound => sound.Missing) / sounds.Sum(sound => sound.Declared);

    private sealed class Sound
    {
        private double _rate;
        private long _samples;

        public required uint Serial { get; init; }

        /// <summary>In samples.</summary>
        public long Present { get; set; }

        /// <summary>In seconds.</summary>
        public double Declared => _samples / _rate;

        /// <summary>In seconds.</summary>
        public double Missing => Math.Max(0, _samples - Present) / _rate;

        public static Sound? Read(uint serial, ReadOnlySpan<byte> packet)
        {
            if (packet.Length < Packet || packet[0] != 0x7F || !packet[1..].StartsWith("FLAC"u8))
            {
                return null;
            }

            var told = BinaryPrimitives.ReadInt64BigEndian(packet[RateAndSamples..]);
            var sound = new Sound { Serial = serial, _rate = (ulong)told >> RateShift, _samples = told & SamplesMask };
            return sound is { _rate: > 0, _samples: > 0 } ? sound : null;
        }
    }
}
