using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Templates;

/// <summary>Removes a template of an area; bulletins made of it stay.</summary>
public sealed class RemoveTemplate(AuditedChanges changes)
{
    /// <exception cref="RefusedException"><see cref="TemplateRefusal.UnknownTemplate"/>.</exception>
    public Task HandleAsync(long id, Actor actor, CancellationToken cancellationToken) =>
        changes.ApplyAsync(actor, Right.Write, "template.remove", async (change, token) =>
        {
            var template = await SaveTemplate.FindAsync(change, id, token);
            change.Db.Templates.Remove(template);
            return change.Report(
                template, TemplateSubject.Of(template.AreaId), new { template.Id, template.Title, template.Text });
        }, cancellationToken);
}
