namespace SmartRadio.Audio.Decoding;

/// <summary>
/// The end of an MP4 in fragments, as browsers, cameras and streams write it. Its beginning need not tell its length; a movie
/// extends header or a segment index there does (ISO/IEC 14496-12, sections 8.8.2 and 8.16.3). Otherwise a last fragment that is
/// not all there tells that it is cut. One that ends between two fragments tells nothing.
/// </summary>
internal sealed class FragmentsEnd
{
    private const int MostBoxes = 1 << 18; // seven hours in fragments of a tenth of a second
    private const ulong MostBytesOfBox = 1 << 23;

    private static readonly string[] Beginnings = ["ftyp", "styp", "moov", "free", "skip", "wide", "pnot"];

    private readonly Mp4Tracks _tracks = new();
    private long _length;
    private ulong _indexed;
    private bool _hasFragments;

    // Of a fragment whose data is not there yet.
    private byte[]? _pending;

    private FragmentsEnd()
    {
    }

    /// <summary>The last fragment lacks bytes of its heading: ffmpeg then reads nothing of the file.</summary>
    public bool IsUnread { get; private set; }

    /// <summary>Until where there are whole fragments.</summary>
    public TimeSpan Present => _tracks.Present;

    /// <summary>The share of the sound that is missing, 0 to 1; 1 also where nothing tells where its end was.</summary>
    public double MissingShare { get; private set; }

    /// <returns>Null where the file is no MP4, or is not in fragments.</returns>
    public static FragmentsEnd? Read(FileStream file)
    {
        var end = new FragmentsEnd { _length = file.Length };
        var isTorn = end.Walk(file);
        end.MissingShare = end.ShareOf(isTorn);
        return end._hasFragments ? end : null;
    }

    // From box to box. True where the last fragment is not all there; an index behind it may be cut.
    private bool Walk(FileStream file)
    {
        Span<byte> heading = stackalloc byte[16];
        file.Seek(0, SeekOrigin.Begin);
        for (var i = 0; i < MostBoxes; i++)
        {
            var at = file.Position;
            var read = file.ReadAtLeast(heading, heading.Length, throwOnEndOfStream: false);
            if (read < 8)
            {
                IsUnread = heading[..read].ContainsAnyExcept((byte)0);
                return IsUnread || _pending is not null;
            }

            var (name, size) = (Mp4Box.Name(heading), Mp4Box.Size(heading, read));
            if (i == 0 && Array.IndexOf(Beginnings, name) < 0)
            {
                return false;
            }

            _hasFragments |= name == "moof";
            if (size < 8 || size > (ulong)(_length - at))
            {
                IsUnread = name == "moof";
                if (name == "mdat" && size >= 8 && _pending is { } fragment)
                {
                    _tracks.AddFragment(fragment, (double)(_length - at) / size);
                }

                return size >= 8 && name is "moof" or "mdat";
            }

            Take(file, name, at, size);
            file.Seek(at + (long)size, SeekOrigin.Begin);
        }

        return false;
    }

    private void Take(FileStream file, string name, long at, ulong size)
    {
        if (name == "mdat" && _pending is { } fragment)
        {
            _tracks.AddFragment(fragment);
            _pending = null;
        }

        if (name is not ("moov" or "moof" or "sidx") || size > MostBytesOfBox)
        {
            return;
        }

        var content = new byte[size - 8];
        file.Seek(at + 8, SeekOrigin.Begin);
        file.ReadExactly(content);
        if (name == "moov")
        {
            _tracks.AddMovie(content);
        }
        else if (name == "moof")
        {
            _pending = content;
        }
        else if (!_hasFragments)
        {
            // One between fragments tells of the next one only.
            _indexed = Math.Max(_indexed, (ulong)at + size + Mp4Tracks.BytesOfIndex(content));
        }
    }

    private double ShareOf(bool isTorn)
    {
        if (_tracks.DeclaredLength is null && _indexed == 0)
        {
            return isTorn ? 1 : 0;
        }

        var ofTime = _tracks.DeclaredLength is { } declared && declared > Present ? (declared - Present) / declared : 0;
        var ofBytes = _indexed > (ulong)_length ? 1 - ((double)_length / _indexed) : 0;
        return Math.Max(ofTime, ofBytes);
    }
}
