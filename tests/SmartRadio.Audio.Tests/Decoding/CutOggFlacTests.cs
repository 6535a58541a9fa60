using SmartRadio.Audio.Tests.Setting;

namespace SmartRadio.Audio.Tests.Decoding;

/// <summary>A FLAC in Ogg counts its samples, and is then missed wherever it is cut.</summary>
public sealed class CutOggFlacTests : IDisposable
{
    private const int Rate = 22_050;
    private const double Whole = 34.4; // three times the announcement

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(3, true)]
    [InlineData(0.6, false)]
    public async Task Recording_that_ends_between_two_pages_is_missed_by_its_count(double missing, bool isTruncated)
    {
        var bytes = OggPages.Counted(await MadeAsync(), (int)(Whole * Rate));

        await MissedAsync(bytes[..PageAt(bytes, Whole - missing)], isTruncated);
    }

    [Fact]
    public async Task Recording_without_its_last_page_and_a_half_is_taken()
    {
        var bytes = OggPages.Counted(await MadeAsync(), (int)(Whole * Rate));
        var (start, end) = OggPages.Of(bytes).ElementAt(^2);

        await MissedAsync(bytes[..((start + end) / 2)], isTruncated: false);
    }

    [Fact]
    public async Task Recording_without_a_count_is_taken_up_to_its_last_page()
    {
        var bytes = await MadeAsync();

        await MissedAsync(bytes[..PageAt(bytes, Whole - 10)], isTruncated: false);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(3, true)]
    public async Task Second_of_two_that_are_joined_is_missed_by_its_own_count(double missing, bool isTruncated)
    {
        var bytes = OggPages.Counted(await MadeAsync(), (int)(Whole * Rate));

        await MissedAsync([.. bytes, .. bytes[..(missing > 0 ? PageAt(bytes, Whole - missing) : bytes.Length)]], isTruncated);
    }

    [Fact]
    public async Task Bytes_behind_the_last_page_are_passed_over()
    {
        var bytes = OggPages.Counted(await MadeAsync(), (int)(Whole * Rate));

        await MissedAsync([.. bytes, .. "TAG"u8, .. new byte[125]], isTruncated: false);
    }

    // Where the page begins whose sound ends after so many seconds.
    private static int PageAt(byte[] bytes, double seconds) =>
        OggPages.Of(bytes).First(page => BitConverter.ToInt64(bytes, page.Start + 6) > seconds * Rate).Start;

    // A page a frame of a fifth of a second.
    private async Task<byte[]> MadeAsync() => await File.ReadAllBytesAsync(
        await Studio.SpeechAsync(_folder, "whole.ogg", "-c:a", "flac", "-page_duration", "100000"));

    private async Task MissedAsync(byte[] bytes, bool isTruncated)
    {
        await File.WriteAllBytesAsync(_folder.File("cut.ogg"), bytes);
        if (isTruncated)
        {
            Assert.Equal(AudioRefusal.Truncated, await Studio.RefusalAsync(PrepareAsync));
        }
        else
        {
            await PrepareAsync();
        }
    }

    private Task<Master> PrepareAsync() => Studio.Preparer().PrepareAsync(
        _folder.File("cut.ogg"), _folder.File("master.wav"), Studio.Plain, null, CancellationToken.None);
}
