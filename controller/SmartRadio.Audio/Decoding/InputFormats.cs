namespace SmartRadio.Audio.Decoding;

/// <summary>
/// What ffmpeg may take an input for. Its playlists, concatenation scripts and image patterns open other files and addresses, so
/// an upload could read what it should not; and most of its several hundred decoders have seen little hostile input. Only these
/// are used.
/// </summary>
internal static class InputFormats
{
    // Phones record m4a, 3gp, caf, amr and aac; browsers webm, ogg and mp4; studios wav, flac, aiff; older Windows wma (asf);
    // cameras mov, avi, mpegts and, on discs, mpeg.
    private const string Containers = "mp3,wav,w64,aiff,mov,ogg,flac,aac,matroska,webm,amr,asf,caf,avi,mpegts,mpeg,flv,au,loas";

    private const string Codecs =
        "mp3,mp3float,mp1,mp1float,ac3,eac3,wmapro,gsm,g722,g726,adpcm_ima_qt,pcm_s8,mp2,mp2float,aac,aac_fixed,aac_latm,alac,flac,vorbis,libvorbis,opus,libopus,speex,libspeex,amrnb,amrwb,"
        + "libopencore_amrnb,libopencore_amrwb,wmav1,wmav2,pcm_u8,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,"
        + "pcm_f32le,pcm_f32be,pcm_f64le,pcm_f64be,pcm_alaw,pcm_mulaw,adpcm_ima_wav,adpcm_ms,gsm_ms";

    // Real recorders have up to 64 tracks; pictures and subtitles come beside them. More are an attack on memory.
    private const string MostTracks = "128";

    // Single blocks of memory: a cover of a hundred megabytes is passed over or fits.
    private const string MostBytesAtOnce = "268435456";

    // How much is read to learn of tracks that begin late.
    private const string ProbeBytes = "33554432";
    private const string ProbeMicroseconds = "20000000";

    /// <summary>
    /// The options of ffmpeg, before its input, that bound what may be opened; then the input itself.
    /// </summary>
    public static IEnumerable<string> Of(string path) =>
    [
        "-max_alloc", MostBytesAtOnce,
        "-max_streams", MostTracks,
        "-probesize", ProbeBytes,
        "-analyzeduration", ProbeMicroseconds,
        "-protocol_whitelist", "file,pipe",
        "-format_whitelist", Containers,
        "-codec_whitelist", Codecs,
        "-i", "file:" + Path.GetFullPath(path),
    ];
}
