using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Complaints;
using SmartRadio.Controller.Nodes;
using static SmartRadio.Controller.Tests.Complaints.ComplaintBench;

namespace SmartRadio.Controller.Tests.Complaints;

/// <summary>Complaints without an account: where the commune lets them in, once each, as long as there is room.</summary>
public sealed class SendComplaintTests
{
    [Fact]
    public async Task Nearest_area_says_whether_the_form_is_open()
    {
        await using var controller = await TestController.StartAsync();
        var province = await controller.AddAreaAsync("1");
        var commune = await controller.AddAreaAsync("2", province);
        var node = await controller.PoleAsync(commune, "Loa đầu làng");
        var token = await TokenAsync(controller, node);

        Assert.Null(await FindAsync(controller, token));
        await OpenAsync(controller, province, open: true);
        var pole = await FindAsync(controller, token);
        Assert.Equal((node, "Loa đầu làng", "Xã Xã 2"), (pole!.NodeId, pole.Name, pole.AreaName));
        await OpenAsync(controller, commune, open: false);
        Assert.Null(await FindAsync(controller, token));
        await RefusedAsync(ComplaintRefusal.PublicFormOff, () => SendAsync(controller, token));
        await OpenAsync(controller, commune, open: true);
        await OpenAsync(controller, province, open: false);
        Assert.NotNull(await FindAsync(controller, token));
    }

    [Fact]
    public async Task Address_leads_nowhere_once_it_is_renewed_or_its_node_revoked()
    {
        await using var controller = await TestController.StartAsync();
        var area = await controller.AddAreaAsync("1");
        var node = await controller.PoleAsync(area);
        await OpenAsync(controller, area, open: true);
        var old = await TokenAsync(controller, node);

        var token = await TokenAsync(controller, node);

        Assert.NotEqual(old, token);
        Assert.DoesNotContain(node, token, StringComparison.Ordinal);
        Assert.Null(await FindAsync(controller, old));
        Assert.NotNull(await FindAsync(controller, token));
        foreach (var wrong in new[] { null, "", node, token.ToUpperInvariant(), token + "2", new string('2', 1_000_000) })
        {
            Assert.Null(await FindAsync(controller, wrong));
        }

        await controller.Get<RevokeNode>().HandleAsync(node, TestController.Officer, CancellationToken.None);
        Assert.Null(await FindAsync(controller, token));
    }

    [Fact]
    public async Task Complaint_of_the_form_goes_a_year_after_it_was_closed()
    {
        await using var controller = await TestController.StartAsync();
        var area = await controller.AddAreaAsync("1");
        var node = await controller.PoleAsync(area);
        await OpenAsync(controller, area, open: true);
        var token = await TokenAsync(controller, node);
        var (closed, open) = (await SendAsync(controller, token, "một"), await SendAsync(controller, token, "hai"));
        var noted = await controller.NoteAsync(node);
        await controller.CloseAsync(closed);
        await controller.CloseAsync(noted.Id);

        controller.Time.Advance(TimeSpan.FromDays(366));
        await controller.Get<CallerForgetter>().ForgetAsync(CancellationToken.None);
        Assert.Equal(closed, (await controller.ReadAsync(closed)).Id);
        controller.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await controller.Get<CallerForgetter>().ForgetAsync(CancellationToken.None));

        await using var db = await controller.OpenAsync();
        Assert.Equal([open, noted.Id], await db.Complaints.Select(row => row.Id).Order().ToListAsync());
    }

    [Fact]
    public async Task Form_sent_again_and_again_is_one_complaint_of_the_program()
    {
        await using var controller = await TestController.StartAsync();
        var area = await controller.AddAreaAsync("1");
        var node = await controller.PoleAsync(area);
        await OpenAsync(controller, area, open: true);
        var token = await TokenAsync(controller, node);

        var numbers = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
                SendAsync(controller, token, "một lần", "Đêm qua im", "0905123456"))));

        var number = Assert.Single(numbers.Distinct());
        Assert.Equal(number, await controller.Get<SendComplaint>().NumberAsync("một lần", CancellationToken.None));
        Assert.NotEqual(number, await SendAsync(controller, token, "lần khác"));
        var complaint = await controller.ReadAsync(number);
        Assert.Equal(
            (node, area.Id, null, "Đêm qua im"),
            (complaint.NodeId, complaint.AreaId, complaint.CreatedById, complaint.Words));
        await using var db = await controller.OpenAsync();
        var entries = await db.Audit.Where(entry => entry.Action == "complaint.send").ToListAsync();
        Assert.Equal(2, entries.Count);
        Assert.All(entries, entry => Assert.Equal((null, "SmartRadio"), (entry.PersonId, entry.ActorName)));
        Assert.All(entries, entry => Assert.DoesNotContain("0905", entry.Detail, StringComparison.Ordinal));
        await RefusedAsync(Refusal.Malformed, () => SendAsync(controller, token, string.Empty));
        await RefusedAsync(Refusal.Malformed, () => SendAsync(controller, token, new string('k', 65)));
    }

    [Fact]
    public async Task Strangers_leave_room_for_what_officers_note()
    {
        await using var controller = await TestController.StartAsync(settings: ("Limits:Complaints", "4"));
        var area = await controller.AddAreaAsync("1");
        var node = await controller.PoleAsync(area);
        await OpenAsync(controller, area, open: true);
        var token = await TokenAsync(controller, node);
        await SendAsync(controller, token, "1");
        await SendAsync(controller, token, "2");

        await RefusedAsync(ComplaintRefusal.TooManyComplaints, () => SendAsync(controller, token, "3"));
        await controller.NoteAsync(node);
    }

    [Fact]
    public async Task Officers_leave_room_for_strangers_until_all_is_full()
    {
        await using var controller = await TestController.StartAsync(settings: ("Limits:Complaints", "4"));
        var area = await controller.AddAreaAsync("1");
        var node = await controller.PoleAsync(area);
        await OpenAsync(controller, area, open: true);
        var token = await TokenAsync(controller, node);
        await controller.NoteAsync(node);
        await controller.NoteAsync(node);
        await controller.NoteAsync(node);

        await SendAsync(controller, token, "1");

        await RefusedAsync(ComplaintRefusal.TooManyComplaints, () => SendAsync(controller, token, "2"));
    }

    [Theory]
    [InlineData(Role.Approver, true)]
    [InlineData(Role.Administrator, true)]
    [InlineData(Role.Editor, false)]
    [InlineData(Role.Monitor, false)]
    public async Task Approver_and_administrator_of_the_area_open_the_form(Role role, bool may)
    {
        await using var controller = await TestController.StartAsync();
        var (mine, other) = (await controller.AddAreaAsync("1"), await controller.AddAreaAsync("2"));
        var (near, far) = (await controller.PoleAsync(mine), await controller.PoleAsync(other));
        var person = await controller.PersonAsync(role, mine);

        await RefusedAsync(Refusal.NotAllowed, () => OpenAsync(controller, other, open: true, person));
        await RefusedAsync(Refusal.NotAllowed, () => TokenAsync(controller, far, person));
        if (may)
        {
            await OpenAsync(controller, mine, open: true, person);
            Assert.NotNull(await FindAsync(controller, await TokenAsync(controller, near, person)));
            await RefusedAsync(NodeRefusal.UnknownNode, () => TokenAsync(controller, "0000000000000000", person));
        }
        else
        {
            await RefusedAsync(Refusal.NotAllowed, () => OpenAsync(controller, mine, open: true, person));
            await RefusedAsync(Refusal.NotAllowed, () => TokenAsync(controller, near, person));
        }

        await using var db = await controller.OpenAsync();
        Assert.DoesNotContain(await db.Audit.ToListAsync(), entry =>
            db.ComplaintAddresses.Any(address => entry.Detail.Contains(address.Token)));
    }

    private static Task OpenAsync(TestController controller, Area area, bool open, Actor? actor = null) =>
        controller.Get<SetPublicForm>().HandleAsync(area.Id, open, actor ?? TestController.Officer, CancellationToken.None);

    private static async Task<string> TokenAsync(TestController controller, string node, Actor? actor = null) =>
        (await controller.Get<RenewComplaintAddress>().HandleAsync(
            node, actor ?? TestController.Officer, CancellationToken.None)).Token;

    private static Task<PublicPole?> FindAsync(TestController controller, string? token) =>
        controller.Get<SendComplaint>().FindAsync(token, CancellationToken.None);

    private static Task<long> SendAsync(
        TestController controller, string token, string key = "k", string words = "To quá", string? phone = null) =>
        controller.Get<SendComplaint>().HandleAsync(
            token, key,
            new NoteComplaintRequest(string.Empty, controller.Time.GetUtcNow(), ComplaintKind.TooLoud, words, CallerPhone: phone),
            CancellationToken.None);
}
