using Microsoft.EntityFrameworkCore;
using SmartRadio.Audio;

namespace SmartRadio.Controller.Tests.Bulletins;

/// <summary>A bulletin keeps what was mended in its sound.</summary>
public sealed class SoundRepairsTests
{
    [Theory]
    [InlineData("pan=stereo|c0=c0|c1=-1*c0", SoundRepairs.OppositeChannels)]
    [InlineData("pan=stereo|c0=c0|c1=0*c0", SoundRepairs.SilentChannels)]
    [InlineData("pan=stereo|c0=c0|c1=c0", SoundRepairs.None)]
    public async Task What_was_mended_is_kept(string filter, SoundRepairs repairs)
    {
        await using var controller = await TestController.StartAsync();
        var sound = await Recordings.MakeAsync("wav", "-f", "lavfi", "-i", "sine=500:d=4", "-af", filter);

        var made = await controller.UploadAsync(new MemoryStream(sound));

        await using var db = await controller.OpenAsync();
        Assert.Equal(repairs, (await db.Bulletins.SingleAsync(bulletin => bulletin.Id == made.Id)).Repairs);
    }
}
