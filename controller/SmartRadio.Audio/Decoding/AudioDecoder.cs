using SmartRadio.Audio.Processes;

namespace SmartRadio.Audio.Decoding;

/// <summary>
/// Turns any file people bring into samples, by ffmpeg in a process of its own: decoders inside this process, NAudio's among
/// them, can be neither limited nor killed.
/// </summary>
internal sealed class AudioDecoder(AudioOptions options, TimeProvider clock)
{
    // A file of more tracks and channels than a studio's recorder has is no bulletin.
    private const int MostTracksHeard = 64;

    // A sound goes on where the one before ended, whatever jitter and overlap its timestamps have; only a gap of 0.1 s to 10
    // minutes is one, and becomes silence. Register 0 is where the clock of the timestamps began, 1 the gaps so far, 2 by how
    // much a piece is late, all in samples. A slow drift of the recorder's clock moves 0.
    private const string Gaps =
        "asetpts='st(2,if(eq(N,0),0,T*SR-ld(0)-N-ld(1)));if(eq(N,0),st(0,T*SR));"
        + "if(between(ld(2),0.1*SR,600*SR),st(1,ld(1)+ld(2)),st(0,ld(0)+if(lt(abs(ld(2)),0.1*SR),0.02*ld(2),ld(2))));"
        + "(N+ld(1))/SR/TB'";

    /// <summary>Begins to decode a file. The sound is read to its end, on a thread that may wait, and then checked.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Kills ffmpeg.</param>
    /// <exception cref="AudioRefusedException">The file is refused.</exception>
    public async Task<DecodedSound> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var ffmpeg = ToolProgram.Find(options.FfmpegPath, "ffmpeg", AudioRefusal.FfmpegMissing);
        var limits = new ToolLimits(options.DecodeTimeout, options.MaxToolMemoryMegabytes, FileBytes: 0, path);
        var probe = await SourceProbe.ReadAsync(path, ffmpeg, limits, clock, cancellationToken);
        if (probe.DeclaredLength > options.MaxLength)
        {
            throw new AudioRefusedException(
                AudioRefusal.TooLong, $"The file declares {probe.DeclaredLength}, more than {options.MaxLength}.");
        }

        var (track, mix, repairs) = await ChooseAsync(path, ffmpeg, limits, probe, cancellationToken);
        var filter = string.Join(',', new[] { mix, Gaps, "aresample=16000:async=1" }.Where(part => part.Length > 0));
        string[] arguments =
        [
            .. Start(path), "-map", $"0:{track}", "-af", filter, "-threads", "1", "-ac", "1", "-ar", "16000",
            "-f", "f32le", "pipe:1",
        ];
        var decoding = ToolProcess.Start(ffmpeg, arguments, limits, clock, cancellationToken);
        decoding.Input.Close();
        return new DecodedSound(decoding, path, probe, options.MaxLength) { Repairs = repairs };
    }

    private static IEnumerable<string> Start(string path) =>
        ["-nostdin", "-hide_banner", "-v", "error", "-threads", "1", .. InputFormats.Of(path)];

    // The first track with sound, and how its channels become one. A track alone with one channel needs no look.
    private async Task<(int Track, string Mix, SoundRepairs Repairs)> ChooseAsync(
        string path, string ffmpeg, ToolLimits limits, SourceProbe probe, CancellationToken cancellationToken)
    {
        var first = probe.Tracks[0];
        if (probe.Tracks.Count == 1 && first.IsMono)
        {
            return (first.Index, "", SoundRepairs.None);
        }

        // One time for all of them: sixty-four tracks must not hold a place for hours.
        var begun = clock.GetTimestamp();
        foreach (var track in probe.Tracks.Take(MostTracksHeard))
        {
            var left = limits.Time - clock.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero)
            {
                throw new AudioRefusedException(AudioRefusal.TimedOut, $"To hear all tracks took longer than {limits.Time}.");
            }

            string[] arguments =
            [
                .. Start(path), "-map", $"0:{track.Index}", "-threads", "1", "-ar", "8000", "-c:a", "pcm_f32le", "-f", "wav", "pipe:1",
            ];
            await using var decoding = ToolProcess.Start(
                ffmpeg, arguments, limits with { Time = left }, clock, cancellationToken);
            decoding.Input.Close();
            var survey = await Task.Run(() => ChannelSurvey.Read(decoding.Output, options.MaxLength), cancellationToken);
            if (survey is { HasSound: true })
            {
                var passedOver = track == first ? SoundRepairs.None : SoundRepairs.SilentChannels;
                return (track.Index, survey.Mix, survey.Repairs | passedOver);
            }
        }

        return (first.Index, "", SoundRepairs.None);
    }
}
