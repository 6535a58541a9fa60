namespace SmartRadio.Audio.Decoding;

/// <summary>What the movie box of an MP4 says of its tracks, and until where their fragments reach.</summary>
internal sealed class Mp4Tracks
{
    // Flags of a fragment's headers (ISO/IEC 14496-12, sections 8.8.7 and 8.8.8).
    private const uint BaseOffset = 1;
    private const uint DescriptionIndex = 2;
    private const uint DefaultDuration = 8;
    private const uint DataOffset = 1;
    private const uint FirstFlags = 4;
    private const uint OwnDurations = 0x100;
    private const uint OfSamples = 0xF00; // duration, size, flags and offset, 4 bytes each

    private const double LongestSeconds = 1e7;

    private readonly Dictionary<uint, uint> _scales = [];
    private readonly Dictionary<uint, uint> _durations = [];
    private readonly Dictionary<uint, ulong> _ends = [];

    /// <summary>The length of all fragments by the movie's own word, or null.</summary>
    public TimeSpan? DeclaredLength { get; private set; }

    /// <summary>Until where the fragments reach.</summary>
    public TimeSpan Present { get; private set; }

    /// <summary>The number of bytes behind a segment index that it tells of.</summary>
    /// <param name="content">Of the box, without its heading (ISO/IEC 14496-12, section 8.16.3).</param>
    public static ulong BytesOfIndex(ReadOnlySpan<byte> content)
    {
        var isLong = Mp4Box.IsLong(content);
        var bytes = isLong ? Mp4Box.Long(content, 20) : Mp4Box.Word(content, 16);
        var count = Mp4Box.Word(content, isLong ? 28 : 20) & 0xFFFF;
        var first = isLong ? 32 : 24;
        for (var i = 0; i < count; i++)
        {
            bytes += Mp4Box.Word(content, first + (12 * i)) & 0x7FFF_FFFF;
        }

        return bytes;
    }

    /// <summary>Takes in a movie box.</summary>
    public void AddMovie(ReadOnlyMemory<byte> content)
    {
        uint scale = 0;
        foreach (var (name, box) in Mp4Box.Inside(content))
        {
            switch (name)
            {
                case "mvhd":
                    scale = Mp4Box.Word(box.Span, Mp4Box.IsLong(box.Span) ? 20 : 12);
                    break;
                case "trak":
                    AddTrack(box);
                    break;
                case "mvex":
                    AddExtends(box, scale);
                    break;
            }
        }
    }

    /// <summary>Takes in a fragment.</summary>
    /// <param name="content">Its box, without the heading.</param>
    /// <param name="present">The share of its data that is there.</param>
    public void AddFragment(ReadOnlyMemory<byte> content, double present = 1)
    {
        var before = Present;
        foreach (var (_, fragment) in Mp4Box.Inside(content).Where(box => box.Name == "traf"))
        {
            AddFragmentOfTrack(fragment);
        }

        Present = before + ((Present - before) * present);
    }

    private void AddTrack(ReadOnlyMemory<byte> content)
    {
        uint id = 0;
        foreach (var (name, box) in Mp4Box.Inside(content))
        {
            if (name == "tkhd")
            {
                id = Mp4Box.Word(box.Span, Mp4Box.IsLong(box.Span) ? 20 : 12);
            }

            foreach (var (_, header) in name == "mdia" ? Mp4Box.Inside(box).Where(inner => inner.Name == "mdhd") : [])
            {
                _scales[id] = Mp4Box.Word(header.Span, Mp4Box.IsLong(header.Span) ? 20 : 12);
            }
        }
    }

    private void AddExtends(ReadOnlyMemory<byte> content, uint scale)
    {
        foreach (var (name, box) in Mp4Box.Inside(content))
        {
            if (name == "trex")
            {
                _durations[Mp4Box.Word(box.Span, 4)] = Mp4Box.Word(box.Span, 12);
            }
            else if (name == "mehd" && scale > 0)
            {
                var length = Mp4Box.IsLong(box.Span) ? Mp4Box.Long(box.Span, 4) : Mp4Box.Word(box.Span, 4);
                DeclaredLength = length > 0 ? Seconds(length, scale) : null;
            }
        }
    }

    private void AddFragmentOfTrack(ReadOnlyMemory<byte> content)
    {
        uint id = 0;
        uint duration = 0;
        ulong end = 0;
        foreach (var (name, box) in Mp4Box.Inside(content))
        {
            switch (name)
            {
                case "tfhd":
                    id = Mp4Box.Word(box.Span, 4);
                    duration = DurationOf(box.Span) ?? _durations.GetValueOrDefault(id);
                    end = _ends.GetValueOrDefault(id);
                    break;
                case "tfdt":
                    end = Mp4Box.IsLong(box.Span) ? Mp4Box.Long(box.Span, 4) : Mp4Box.Word(box.Span, 4);
                    break;
                case "trun":
                    end += LengthOf(box.Span, duration);
                    break;
            }
        }

        _ends[id] = end;
        if (_scales.GetValueOrDefault(id) is > 0 and var scale && Seconds(end, scale) is var until && until > Present)
        {
            Present = until;
        }
    }

    private static uint? DurationOf(ReadOnlySpan<byte> header)
    {
        var flags = Mp4Box.Word(header, 0);
        var at = 8 + ((flags & BaseOffset) != 0 ? 8 : 0) + ((flags & DescriptionIndex) != 0 ? 4 : 0);
        return (flags & DefaultDuration) != 0 ? Mp4Box.Word(header, at) : null;
    }

    private static ulong LengthOf(ReadOnlySpan<byte> run, uint duration)
    {
        var flags = Mp4Box.Word(run, 0);
        ulong count = Mp4Box.Word(run, 4);
        if ((flags & OwnDurations) == 0)
        {
            return count * duration;
        }

        var at = 8 + ((flags & DataOffset) != 0 ? 4 : 0) + ((flags & FirstFlags) != 0 ? 4 : 0);
        var step = 4 * int.PopCount((int)(flags & OfSamples));
        ulong length = 0;
        for (; count > 0 && at + step <= run.Length; count--, at += step)
        {
            length += Mp4Box.Word(run, at);
        }

        return length;
    }

    private static TimeSpan Seconds(ulong length, uint scale) =>
        TimeSpan.FromSeconds(Math.Min((double)length / scale, LongestSeconds));
}
