using SmartRadio.Controller.Complaints;
using SmartRadio.Web.Shared;
using Words = Microsoft.Extensions.Localization.IStringLocalizer<SmartRadio.Web.Text.ScreenText>;

namespace SmartRadio.Web.Complaints;

/// <summary>The buttons of complaints that need no fields.</summary>
internal static class ComplaintForms
{
    public static void MapComplaintForms(this IEndpointRouteBuilder forms)
    {
        forms.MapPost("/complaints/{id:long}/close", (long id, HttpContext context, Words words, CloseComplaint close) =>
            FormPosts.DoAsync(
                context, words["Complaint.Close.Done"],
                () => close.HandleAsync(id, context.User.Actor(), context.RequestAborted)));
        forms.MapPost("/complaints/{id:long}/reopen", (long id, HttpContext context, Words words, ReopenComplaint reopen) =>
            FormPosts.DoAsync(
                context, words["Complaint.Reopen.Done"],
                () => reopen.HandleAsync(id, context.User.Actor(), context.RequestAborted)));
        forms.MapPost("/areas/{id:long}/complaints/open", (long id, HttpContext context, Words words, SetPublicForm set) =>
            FormPosts.DoAsync(
                context, words["Complaint.Form.Opened"],
                () => set.HandleAsync(id, open: true, context.User.Actor(), context.RequestAborted)));
        forms.MapPost("/areas/{id:long}/complaints/shut", (long id, HttpContext context, Words words, SetPublicForm set) =>
            FormPosts.DoAsync(
                context, words["Complaint.Form.Shut"],
                () => set.HandleAsync(id, open: false, context.User.Actor(), context.RequestAborted)));
        forms.MapPost("/nodes/{id}/complaints/address", (
            string id, HttpContext context, Words words, RenewComplaintAddress renew) => FormPosts.DoAsync(
                context, words["Complaint.Address.Done"],
                () => renew.HandleAsync(id, context.User.Actor(), context.RequestAborted)));
    }
}
