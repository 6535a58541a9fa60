using SmartRadio.Web.Hosting;
using SmartRadio.Web.Shared;

namespace SmartRadio.Web.Tests.Hosting;

/// <summary>The one list of rooms.</summary>
public sealed class RoomListTests
{
    [Fact]
    public void Every_room_is_listed_once() => Assert.Equal(
        typeof(Room).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Room))).Select(type => type.Name)
            .Order(StringComparer.Ordinal),
        RoomList.All.Select(room => room.GetType().Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Four_places_beside_more_fit_on_a_phone() => Assert.Equal(
        ["/", "/bulletins", "/schedules", "/nodes"],
        RoomList.All.SelectMany(room => room.Places).Where(place => place.Always).Select(place => place.Path));

    [Fact]
    public void Places_and_live_parts_have_names_of_their_own()
    {
        Assert.Distinct(RoomList.All.SelectMany(room => room.Places).Select(place => place.Path), StringComparer.Ordinal);
        Assert.Distinct(RoomList.All.SelectMany(room => room.Islands).Select(island => island.Name), StringComparer.Ordinal);
    }
}
