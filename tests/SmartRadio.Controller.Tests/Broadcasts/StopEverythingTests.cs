using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Broadcasts;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Nodes.Enrolment;
using SmartRadio.Controller.People;
using SmartRadio.Protocol;

namespace SmartRadio.Controller.Tests.Broadcasts;

/// <summary>Stop reaches all areas of whoever asks, or the one that is named, and no further.</summary>
public sealed class StopEverythingTests
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Stop_in_an_area_silences_what_lies_below_and_nobody_else()
    {
        await using var controller = await TestController.StartAsync();
        var (commune, below, aside) = await TwoAsync(controller);
        var aired = await AirAsync(controller, await ProvinceAsync(controller));

        Assert.Equal(
            1, await controller.Get<StopEverything>().HandleAsync(commune.Id, TestController.Officer, CancellationToken.None));

        Assert.Equal([Topics.Command(below.Node.Id)], Stopped(controller));
        await using var db = await controller.OpenAsync();
        var targets = await db.Targets.ToDictionaryAsync(target => target.NodeId);
        Assert.Equal((TargetState.Missed, ReceiptReason.Stopped), (targets[below.Node.Id].State, targets[below.Node.Id].Reason));
        Assert.Equal((TargetState.Waiting, null), (targets[aside.Node.Id].State, targets[aside.Node.Id].StoppedAt));
        Assert.Equal(BroadcastState.Planned, (await db.Broadcasts.SingleAsync(broadcast => broadcast.Id == aired.Id)).State);
        var entry = await db.Audit.OrderBy(row => row.Id).LastAsync();
        Assert.Equal(("broadcast.stop-all", $"area {commune.Id}"), (entry.Action, entry.Subject));
    }

    [Fact]
    public async Task Stop_where_nobody_else_listens_ends_the_broadcast()
    {
        await using var controller = await TestController.StartAsync();
        var (commune, _, _) = await TwoAsync(controller);
        await AirAsync(controller, commune);

        await controller.Get<StopEverything>().HandleAsync(commune.Id, TestController.Officer, CancellationToken.None);

        await using var db = await controller.OpenAsync();
        Assert.Equal(BroadcastState.Stopped, (await db.Broadcasts.SingleAsync()).State);
    }

    [Theory]
    [InlineData(Role.Editor)]
    [InlineData(Role.Monitor)]
    [InlineData(Role.Administrator)]
    public async Task Any_role_in_the_area_may_stop_there(Role role)
    {
        await using var controller = await TestController.StartAsync();
        var (commune, _, _) = await TwoAsync(controller);
        await AirAsync(controller, commune);
        var person = await AddPersonAsync(controller, role, commune);

        Assert.Equal(1, await controller.Get<StopEverything>().HandleAsync(commune.Id, person, CancellationToken.None));
    }

    [Fact]
    public async Task Refused_stop_silences_nobody_even_in_the_persons_own_area()
    {
        await using var controller = await TestController.StartAsync();
        var (commune, _, _) = await TwoAsync(controller);
        var province = await ProvinceAsync(controller);
        await AirAsync(controller, province);
        var person = await AddPersonAsync(controller, Role.Editor, commune);

        foreach (var area in new[] { province.Id, 999 })
        {
            var refused = await Assert.ThrowsAsync<RefusedException>(
                () => controller.Get<StopEverything>().HandleAsync(area, person, CancellationToken.None));
            Assert.Equal(Refusal.NotAllowed, refused.Refusal);
        }

        Assert.Empty(Stopped(controller));
    }

    [Fact]
    public async Task Stop_in_an_area_that_is_not_there_is_refused()
    {
        await using var controller = await TestController.StartAsync();

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => controller.Get<StopEverything>().HandleAsync(999, TestController.Officer, CancellationToken.None));

        Assert.Equal(AreaRefusal.UnknownArea, refused.Refusal);
    }

    /// <summary>A commune with a node in its hamlet, and a node in the commune beside it.</summary>
    private static async Task<(Area Commune, EnrolledNode Below, EnrolledNode Aside)> TwoAsync(TestController controller)
    {
        var province = await controller.AddAreaAsync("P");
        var commune = await controller.AddAreaAsync("A", province);
        var below = await controller.AddNodeAsync(await controller.AddAreaAsync("A1", commune));
        return (commune, below, await controller.AddNodeAsync(await controller.AddAreaAsync("B", province)));
    }

    private static async Task<Area> ProvinceAsync(TestController controller)
    {
        await using var db = await controller.OpenAsync();
        return await db.Areas.SingleAsync(area => area.Code == "P");
    }

    private static async Task<Actor> AddPersonAsync(TestController controller, Role role, Area area)
    {
        var person = new Person { UserName = role.ToString(), DisplayName = role.ToString() };
        await using var db = await controller.OpenAsync();
        db.Users.Add(person);
        db.Roles.Add(new RoleGrant { PersonId = person.Id, Role = role, AreaId = area.Id });
        await db.SaveChangesAsync();
        return new Actor(person.Id, person.DisplayName);
    }

    /// <summary>A broadcast that is about to begin; the bus is empty then.</summary>
    private static async Task<Broadcast> AirAsync(TestController controller, Area area)
    {
        var bulletin = await controller.AddBulletinAsync(Length);
        var request = new AirRequest(
            bulletin.Id, BroadcastClass.Normal, new Audience([area.Id], []), Start: null, Tolerance: null);
        var broadcast = await controller.Get<AirBulletin>().HandleAsync(request, TestController.Officer, CancellationToken.None);
        controller.Bus.TakePublished();
        return broadcast;
    }

    /// <summary>Topics on which a stop was sent.</summary>
    private static IEnumerable<string> Stopped(TestController controller) =>
        from message in controller.Bus.TakePublished()
        where Envelope.Parse(message.Payload) is { } envelope && envelope.Type == (byte)CommandType.Stop
        select message.Topic;
}
