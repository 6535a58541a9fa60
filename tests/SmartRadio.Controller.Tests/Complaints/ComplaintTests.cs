using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Complaints;
using static SmartRadio.Controller.Tests.Complaints.ComplaintBench;

namespace SmartRadio.Controller.Tests.Complaints;

/// <summary>Complaints are noted, found, answered and closed, within rights and limits.</summary>
public sealed class ComplaintTests
{
    [Theory]
    [InlineData(Role.Editor, true)]
    [InlineData(Role.Approver, true)]
    [InlineData(Role.Monitor, true)]
    [InlineData(Role.Administrator, true)]
    [InlineData(Role.AlertOfficer, false)]
    public async Task Every_role_of_the_area_notes_and_most_answer(Role role, bool mayAnswer)
    {
        await using var controller = await TestController.StartAsync();
        var (mine, other) = (await controller.AddAreaAsync("1"), await controller.AddAreaAsync("2"));
        var (near, far) = (await controller.PoleAsync(mine), await controller.PoleAsync(other, "Loa xa"));
        var person = await controller.PersonAsync(role, mine);
        var foreign = await controller.NoteAsync(far);

        var own = await controller.NoteAsync(near, actor: person);

        await RefusedAsync(Refusal.NotAllowed, () => controller.NoteAsync(far, actor: person));
        await RefusedAsync(Refusal.NotAllowed, () => controller.AnswerAsync(foreign.Id, "Đã hạ", actor: person));
        await RefusedAsync(Refusal.NotAllowed, () => controller.CloseAsync(foreign.Id, person));
        if (mayAnswer)
        {
            await controller.AnswerAsync(own.Id, "Đã hạ âm lượng", actor: person);
            await controller.CloseAsync(own.Id, person);
            await controller.ReopenAsync(own.Id, person);
            await controller.CloseAsync(own.Id, person);
        }
        else
        {
            await RefusedAsync(Refusal.NotAllowed, () => controller.AnswerAsync(own.Id, "Đã hạ", actor: person));
            await RefusedAsync(Refusal.NotAllowed, () => controller.CloseAsync(own.Id, person));
            await RefusedAsync(Refusal.NotAllowed, () => controller.ReopenAsync(own.Id, person));
        }

        var read = await controller.ReadAsync(own.Id);
        Assert.Equal((mayAnswer ? ComplaintState.Closed : ComplaintState.Waiting, mine.Id), (read.State, read.AreaId));
        Assert.Equal(ComplaintState.Waiting, (await controller.ReadAsync(foreign.Id)).State);
    }

    [Fact]
    public async Task Second_answer_to_what_was_not_read_is_refused()
    {
        await using var controller = await TestController.StartAsync();
        var complaint = await controller.NoteAsync(await controller.PoleAsync(await controller.AddAreaAsync("1")));

        await controller.AnswerAsync(complaint.Id, "Đã hạ âm lượng");
        await RefusedAsync(
            ComplaintRefusal.ComplaintAnsweredMeanwhile, () => controller.AnswerAsync(complaint.Id, "Sẽ xem lại"));
        var first = await controller.ReadAsync(complaint.Id);
        Assert.Equal("Đã hạ âm lượng", first.Answer);
        await controller.AnswerAsync(complaint.Id, "Sẽ xem lại", first.AnsweredAt);
        Assert.Equal("Sẽ xem lại", (await controller.ReadAsync(complaint.Id)).Answer);

        await controller.CloseAsync(complaint.Id);
        await RefusedAsync(
            ComplaintRefusal.ComplaintClosed, () => controller.AnswerAsync(complaint.Id, "Nữa", first.AnsweredAt));
        await RefusedAsync(ComplaintRefusal.ComplaintClosed, () => controller.CloseAsync(complaint.Id));
        await RefusedAsync(ComplaintRefusal.UnknownComplaint, () => controller.CloseAsync(99));
    }

    [Fact]
    public async Task Complaint_that_is_opened_again_can_be_answered_anew()
    {
        await using var controller = await TestController.StartAsync();
        var complaint = await controller.NoteAsync(
            await controller.PoleAsync(await controller.AddAreaAsync("1")), caller: "Năm");
        await controller.AnswerAsync(complaint.Id, "Đã hạ");
        var first = await controller.ReadAsync(complaint.Id);
        await RefusedAsync(ComplaintRefusal.ComplaintNotClosed, () => controller.ReopenAsync(complaint.Id));
        await controller.CloseAsync(complaint.Id);

        await controller.ReopenAsync(complaint.Id);

        Assert.Equal(ComplaintState.Answered, (await controller.ReadAsync(complaint.Id)).State);
        controller.Time.Advance(TimeSpan.FromDays(100));
        Assert.Equal(0, await controller.Get<CallerForgetter>().ForgetAsync(CancellationToken.None));
        await controller.AnswerAsync(complaint.Id, "Đã hạ nữa", first.AnsweredAt);
        Assert.Equal("Đã hạ nữa", (await controller.ReadAsync(complaint.Id)).Answer);
        await RefusedAsync(ComplaintRefusal.UnknownComplaint, () => controller.ReopenAsync(99));
    }

    [Fact]
    public async Task Log_holds_neither_words_nor_caller()
    {
        await using var controller = await TestController.StartAsync();
        var node = await controller.PoleAsync(await controller.AddAreaAsync("1"));

        var complaint = await controller.NoteAsync(node, "Nhà bà Năm", caller: "Nguyễn Thị Năm", phone: "0905 123 456");

        await using var db = await controller.OpenAsync();
        var entry = await db.Audit.SingleAsync(each => each.Action == "complaint.note");
        Assert.Equal($"complaint {complaint.Id}", entry.Subject);
        Assert.DoesNotContain("Năm", entry.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("0905", entry.Detail, StringComparison.Ordinal);
        Assert.Contains(node, entry.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Caller_is_forgotten_ninety_days_after_closing()
    {
        await using var controller = await TestController.StartAsync();
        var node = await controller.PoleAsync(await controller.AddAreaAsync("1"));
        var closed = await controller.NoteAsync(node, caller: "Năm", phone: "0905 123 456");
        var open = await controller.NoteAsync(node, caller: "Sáu");
        await controller.CloseAsync(closed.Id);
        var forgetter = controller.Get<CallerForgetter>();

        controller.Time.Advance(TimeSpan.FromDays(90));
        Assert.Equal(0, await forgetter.ForgetAsync(CancellationToken.None));
        Assert.Equal("Năm", (await controller.ReadAsync(closed.Id)).CallerName);
        controller.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await forgetter.ForgetAsync(CancellationToken.None));
        Assert.Equal(0, await forgetter.ForgetAsync(CancellationToken.None));

        var read = await controller.ReadAsync(closed.Id);
        Assert.Equal((null, null, "Loa to quá"), (read.CallerName, read.CallerPhone, read.Words));
        Assert.Equal("Sáu", (await controller.ReadAsync(open.Id)).CallerName);
        await using var db = await controller.OpenAsync();
        Assert.Equal(1, await db.Audit.CountAsync(entry => entry.Action == "complaint.forget"));
    }

    [Theory]
    [InlineData("", ComplaintKind.Other, null, ComplaintRefusal.ComplaintWordsMissing)]
    [InlineData("\u200b…", ComplaintKind.Other, null, ComplaintRefusal.ComplaintWordsMissing)]
    [InlineData("?!", ComplaintKind.Other, null, ComplaintRefusal.ComplaintWordsMissing)]
    [InlineData("Rè", ComplaintKind.Other, "gọi tôi", ComplaintRefusal.ComplaintPhoneWrong)]
    [InlineData("Rè", ComplaintKind.Other, "12", ComplaintRefusal.ComplaintPhoneWrong)]
    [InlineData("Rè", ComplaintKind.Other, "0905 123 456 0905 123 456 0905 1", ComplaintRefusal.ComplaintPhoneWrong)]
    public async Task Complaint_that_cannot_be_used_is_refused(
        string words, ComplaintKind kind, string? phone, string expected)
    {
        await using var controller = await TestController.StartAsync();
        var node = await controller.PoleAsync(await controller.AddAreaAsync("1"));

        await RefusedAsync(expected, () => controller.NoteAsync(node, words, kind: kind, phone: phone));
    }

    [Fact]
    public async Task One_person_notes_so_many_a_day()
    {
        await using var controller = await TestController.StartAsync(settings: ("Limits:PersonDayComplaints", "2"));
        var area = await controller.AddAreaAsync("1");
        var node = await controller.PoleAsync(area);
        var monitor = await controller.PersonAsync(Role.Monitor, area);
        await controller.NoteAsync(node, actor: monitor);
        await controller.NoteAsync(node, actor: monitor);

        await RefusedAsync(ComplaintRefusal.TooManyDayComplaints, () => controller.NoteAsync(node, actor: monitor));

        await controller.NoteAsync(node);
        controller.Time.Advance(TimeSpan.FromDays(1));
        await controller.NoteAsync(node, actor: monitor);
    }

    [Fact]
    public async Task Time_and_length_and_number_are_bounded()
    {
        await using var controller = await TestController.StartAsync(settings: ("Limits:Complaints", "2"));
        var node = await controller.PoleAsync(await controller.AddAreaAsync("1"));

        await RefusedAsync(
            ComplaintRefusal.ComplaintTimeOutOfRange, () => controller.NoteAsync(node, ago: TimeSpan.FromMinutes(-10)));
        await RefusedAsync(
            ComplaintRefusal.ComplaintTimeOutOfRange, () => controller.NoteAsync(node, ago: TimeSpan.FromDays(367)));
        await RefusedAsync(ComplaintRefusal.ComplaintWordsTooLong, () => controller.NoteAsync(node, new string('a', 1001)));
        await RefusedAsync(ComplaintRefusal.ComplaintWordsTooLong, () => controller.NoteAsync(node, new string('a', 50_000)));
        Assert.Equal("To quá", (await controller.NoteAsync(node, " To\n\u202e  quá ")).Words);
        await controller.NoteAsync(node, string.Empty, kind: ComplaintKind.Silent);
        await RefusedAsync(ComplaintRefusal.TooManyComplaints, () => controller.NoteAsync(node));
    }

    [Fact]
    public async Task List_is_found_by_words_number_state_node_and_area()
    {
        await using var controller = await TestController.StartAsync();
        var province = await controller.AddAreaAsync("1");
        var (mine, other) = (await controller.AddAreaAsync("2", province), await controller.AddAreaAsync("3", province));
        var (near, far) = (await controller.PoleAsync(mine), await controller.PoleAsync(other, "Loa xa"));
        var first = await controller.NoteAsync(near, "Loa ĐẦU LÀNG im");
        var second = await controller.NoteAsync(near, "Sáng sớm quá to");
        var third = await controller.NoteAsync(far, "Đầu làng");
        await controller.AnswerAsync(second.Id, "Đã hạ");
        await controller.CloseAsync(third.Id);

        Task<string> FindAsync(ComplaintFilter filter) => ListAsync(controller, AreaScope.Everywhere, filter);

        Assert.Equal($"{third.Id} {first.Id} of 2", await FindAsync(new ComplaintFilter(Words: "lang dau")));
        Assert.Equal($"{second.Id} of 1", await FindAsync(new ComplaintFilter(Words: $"{second.Id}")));
        Assert.Equal($"{first.Id} of 1", await FindAsync(new ComplaintFilter(ComplaintState.Waiting)));
        Assert.Equal($"{second.Id} of 1", await FindAsync(new ComplaintFilter(ComplaintState.Answered)));
        Assert.Equal($"{third.Id} of 1", await FindAsync(new ComplaintFilter(ComplaintState.Closed)));
        Assert.Equal($"{third.Id} of 1", await FindAsync(new ComplaintFilter(NodeId: far)));
        Assert.Equal($"{second.Id} {first.Id} of 2", await FindAsync(new ComplaintFilter(Areas: [mine.Id])));
        Assert.Equal($"{first.Id} of 3", await FindAsync(new ComplaintFilter(After: second.Id)));
        Assert.Equal(
            $"{third.Id} of 1",
            await ListAsync(controller, AreaScope.Of(new HashSet<long> { other.Id }), new ComplaintFilter()));
        Assert.Equal(
            1, await controller.Get<ComplaintQuery>().WaitingAsync(AreaScope.Everywhere, CancellationToken.None));
    }

    private static async Task<string> ListAsync(TestController controller, AreaScope scope, ComplaintFilter filter)
    {
        var (rows, total) = await controller.Get<ComplaintQuery>().ListAsync(scope, filter, 50, CancellationToken.None);
        return $"{string.Join(' ', rows.Select(row => row.Complaint.Id))} of {total}";
    }
}
