using System.Globalization;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Complaints;

/// <summary>Lets residents of an area complain without an account, or no longer.</summary>
public sealed class SetPublicForm(AuditedChanges changes, ComplaintRights rights)
{
    /// <exception cref="RefusedException"><see cref="AreaRefusal.UnknownArea"/>.</exception>
    public async Task HandleAsync(long area, bool open, Actor actor, CancellationToken cancellationToken)
    {
        var right = await rights.ChooseAsync(actor, ComplaintRights.ToOpen, area, cancellationToken);
        await changes.ApplyAsync(actor, right, "complaint.form", async (change, token) =>
        {
            change.At(area);
            await change.Db.NeedAreaAsync(area, token);
            var form = await change.Db.PublicForms.FindAsync([area], token);
            if (form is null)
            {
                form = new PublicForm { AreaId = area };
                change.Db.PublicForms.Add(form);
            }

            form.IsOpen = open;
            return change.Report(form, string.Create(CultureInfo.InvariantCulture, $"area {area}"), new { IsOpen = open });
        }, cancellationToken);
    }
}
