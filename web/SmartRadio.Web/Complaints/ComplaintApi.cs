using Microsoft.AspNetCore.Http.HttpResults;
using SmartRadio.Controller;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Complaints;
using SmartRadio.Controller.Nodes;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Api;

namespace SmartRadio.Web.Complaints;

internal static class ComplaintApi
{
    public static void MapComplaints(this IEndpointRouteBuilder api)
    {
        var complaints = api.MapGroup("/complaints").WithTags("complaints");
        complaints.MapGet(string.Empty, ListAsync).Needs(Right.See)
            .Operation("listComplaints", "The newest complaints of residents.").Refuses(422);
        complaints.MapPost(string.Empty, NoteAsync).Needs(Right.See)
            .Operation("noteComplaint", "Notes what a resident said of a node.").Refuses(400, 422);
        complaints.MapGet("/{id:long}", GetAsync).Needs(Right.See)
            .Operation("getComplaint", "One complaint, and what its node really played around that time.").Refuses(404);
        complaints.MapPost("/{id:long}/answer", AnswerAsync).Needs([.. ComplaintRights.ToAnswer])
            .Operation("answerComplaint", "Answers a complaint, or replaces the answer that was read.")
            .Refuses(400, 404, 409, 422);
        complaints.MapPost("/{id:long}/close", CloseAsync).Needs([.. ComplaintRights.ToAnswer])
            .Operation("closeComplaint", "Closes a complaint, answered or not.").Refuses(404, 409);
        complaints.MapPost("/{id:long}/reopen", ReopenAsync).Needs([.. ComplaintRights.ToAnswer])
            .Operation("reopenComplaint", "Opens a closed complaint again; its answer stays until another is given.")
            .Refuses(404, 409);
        api.MapPut("/areas/{id:long}/complaint-form", SetFormAsync).WithTags("complaints").Needs([.. ComplaintRights.ToOpen])
            .Operation("setComplaintForm", "Lets residents of an area complain without an account, or no longer.")
            .Refuses(400, 404, 422);
        api.MapGet("/nodes/{id}/complaint-address", GetAddressAsync).WithTags("complaints").Needs([.. ComplaintRights.ToOpen])
            .Operation("getComplaintAddress", "The public address of a node, for the code on its pole.").Refuses(404);
        api.MapPost("/nodes/{id}/complaint-address", RenewAddressAsync).WithTags("complaints")
            .Needs([.. ComplaintRights.ToOpen])
            .Operation("renewComplaintAddress", "Makes a new public address; the one before leads nowhere from then on.")
            .Refuses(404);
    }

    private static async Task<IReadOnlyList<ComplaintAnswer>> ListAsync(
        [AsParameters] ListPage page, [AsParameters] ComplaintListQuery asked, ComplaintQuery complaints, AreaQuery trees,
        MyGrants mine, HttpContext context, CancellationToken cancellationToken)
    {
        var grants = await mine.GetAsync(cancellationToken);
        var (rows, total) = await complaints.ListAsync(
            grants.Of(Right.See),
            new ComplaintFilter(
                asked.State, await trees.WithinAsync(asked.Area, cancellationToken), asked.Node, asked.Words, page.AfterId),
            page.Take, cancellationToken);
        var me = context.User.Actor().PersonId;
        return page.Answer(context, rows, row => row.Complaint.Id, row => new ComplaintAnswer(row, [], grants, me), total);
    }

    private static async Task<Created<ComplaintAnswer>> NoteAsync(
        ComplaintBody body, NoteComplaint note, ComplaintQuery complaints, MyGrants mine, HttpContext context,
        CancellationToken cancellationToken)
    {
        var made = await note.HandleAsync(body.ToRequest(), context.User.Actor(), cancellationToken);
        return TypedResults.Created(
            $"/api/v1/complaints/{made.Id}", await FindAsync(made.Id, complaints, mine, context, CancellationToken.None));
    }

    private static Task<ComplaintAnswer> GetAsync(
        long id, ComplaintQuery complaints, MyGrants mine, HttpContext context, CancellationToken cancellationToken) =>
        FindAsync(id, complaints, mine, context, cancellationToken);

    private static async Task<NoContent> AnswerAsync(
        long id, ComplaintAnswerBody body, AnswerComplaint answer, HttpContext context, CancellationToken cancellationToken)
    {
        await answer.HandleAsync(
            new AnswerComplaintRequest(id, body.Text, body.AnsweredAt), context.User.Actor(), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> CloseAsync(
        long id, CloseComplaint close, HttpContext context, CancellationToken cancellationToken)
    {
        await close.HandleAsync(id, context.User.Actor(), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> ReopenAsync(
        long id, ReopenComplaint reopen, HttpContext context, CancellationToken cancellationToken)
    {
        await reopen.HandleAsync(id, context.User.Actor(), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> SetFormAsync(
        long id, ComplaintFormBody body, SetPublicForm set, HttpContext context, CancellationToken cancellationToken)
    {
        await set.HandleAsync(id, body.Open, context.User.Actor(), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<ComplaintAddressAnswer> GetAddressAsync(
        string id, PoleQuery poles, MyGrants mine, CancellationToken cancellationToken)
    {
        var grants = await mine.GetAsync(cancellationToken);
        return await poles.GetAsync(id, grants.Of(Right.See), cancellationToken) is { } pole
            && ComplaintRights.May(grants, ComplaintRights.ToOpen, pole.AreaId)
            ? new ComplaintAddressAnswer(
                pole.NodeId, pole.Token is { } token ? PublicComplaintPage.PathOf(token) : null,
                await poles.IsFormOpenAsync(pole.AreaId, cancellationToken))
            : throw new RefusedException(NodeRefusal.UnknownNode, id);
    }

    private static async Task<ComplaintAddressAnswer> RenewAddressAsync(
        string id, RenewComplaintAddress renew, PoleQuery poles, MyGrants mine, HttpContext context,
        CancellationToken cancellationToken)
    {
        await renew.HandleAsync(id, context.User.Actor(), cancellationToken);
        return await GetAddressAsync(id, poles, mine, CancellationToken.None);
    }

    private static async Task<ComplaintAnswer> FindAsync(
        long id, ComplaintQuery complaints, MyGrants mine, HttpContext context, CancellationToken cancellationToken)
    {
        var grants = await mine.GetAsync(cancellationToken);
        var row = await complaints.GetAsync(id, grants.Of(Right.See), cancellationToken)
            ?? throw new RefusedException(ComplaintRefusal.UnknownComplaint, id);
        return new ComplaintAnswer(
            row, await complaints.AiredAsync(row.Complaint, cancellationToken), grants, context.User.Actor().PersonId);
    }
}
