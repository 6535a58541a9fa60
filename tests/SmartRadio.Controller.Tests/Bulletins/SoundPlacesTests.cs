using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Tests.Bulletins;

/// <summary>How many sounds are spoken and prepared at once, and how many bulletins there may be.</summary>
public sealed class SoundPlacesTests
{
    [Fact]
    public async Task Person_takes_no_more_than_the_places_of_one()
    {
        await using var controller = await StartAsync();
        var places = controller.Get<SoundPlaces>();
        using var first = places.Take("an", mayAlert: false);
        var second = places.Take("an", mayAlert: false);

        var refused = Assert.Throws<RefusedException>(() => places.Take("an", mayAlert: false));
        second.Dispose();
        using var again = places.Take("an", mayAlert: false);

        Assert.Equal(
            (BulletinRefusal.OwnSoundsAtWork, RefusalKind.TooMany, 2), (refused.Refusal, refused.Kind, refused.Values[0]));
    }

    [Fact]
    public async Task All_people_together_take_no_more_than_there_are()
    {
        await using var controller = await StartAsync();
        var places = controller.Get<SoundPlaces>();
        List<TakenPlace> taken = [.. new[] { "an", "an", "bình" }.Select(person => places.Take(person, mayAlert: false))];

        var refused = Assert.Throws<RefusedException>(() => places.Take("chi", mayAlert: false));
        taken.ForEach(place => place.Dispose());
        using var again = places.Take("chi", mayAlert: false);

        Assert.Equal((BulletinRefusal.SoundsAtWork, 3), (refused.Refusal, refused.Values[0]));
    }

    [Fact]
    public async Task Who_releases_emergencies_has_one_more_place()
    {
        await using var controller = await StartAsync();
        var places = controller.Get<SoundPlaces>();
        List<TakenPlace> taken = [.. new[] { "an", "an", "bình" }.Select(person => places.Take(person, mayAlert: true))];

        var kept = places.Take("chi", mayAlert: true);
        Assert.Throws<RefusedException>(() => places.Take("chi", mayAlert: true));
        kept.Dispose();
        using var again = places.Take("an", mayAlert: true);

        Assert.All(taken, place => Assert.False(place.IsKept));
        Assert.True(kept.IsKept && again.IsKept);
    }

    [Fact]
    public async Task Work_that_was_refused_or_failed_gives_its_place_back()
    {
        await using var controller = await StartAsync();

        for (var i = 0; i < 4; i++)
        {
            await Assert.ThrowsAsync<RefusedException>(() => controller.UploadAsync(new MemoryStream()));
        }

        using var place = controller.Get<SoundPlaces>().Take(TestController.Officer.PersonId!, mayAlert: false);
        Assert.False(place.IsKept);
    }

    [Fact]
    public async Task Place_is_taken_before_the_upload_is_read()
    {
        await using var controller = await StartAsync();
        var places = controller.Get<SoundPlaces>();
        using var first = places.Take(TestController.Officer.PersonId!, mayAlert: false);
        using var second = places.Take(TestController.Officer.PersonId!, mayAlert: false);
        using var kept = places.Take("bình", mayAlert: false);
        using var urgent = places.Take("bình", mayAlert: true);
        var content = new MemoryStream(new byte[10]);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => controller.Get<CreateBulletin>().FromUploadAsync(
            new UploadRequest("Tin", content), TestController.Officer, progress: null, CancellationToken.None));

        Assert.Equal((BulletinRefusal.OwnSoundsAtWork, 0), (refused.Refusal, content.Position));
        Assert.Empty(Directory.EnumerateFileSystemEntries(controller.Get<DataFolder>().Incoming));
    }

    [Fact]
    public async Task Bulletin_beyond_the_most_is_refused_and_leaves_nothing()
    {
        await using var controller = await TestController.StartAsync(settings: ("Limits:Bulletins", "1"));
        await controller.AddBulletinAsync(TimeSpan.FromSeconds(2));

        var recording = await Recordings.Mp3Async();

        var refused = await Assert.ThrowsAsync<RefusedException>(() => controller.UploadAsync(recording));

        Assert.Equal((BulletinRefusal.TooManyBulletins, 1), (refused.Refusal, refused.Values[0]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(controller.Get<DataFolder>().Incoming));
        Assert.Empty(Directory.EnumerateFileSystemEntries(controller.Get<DataFolder>().Bulletins));
    }

    private static Task<TestController> StartAsync() =>
        TestController.StartAsync(null, ("Limits:PersonSounds", "2"), ("Limits:Sounds", "3"));
}
