using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Drafts;

/// <summary>Forgets a text that is no longer written.</summary>
public sealed class DiscardDraft(AuditedChanges changes)
{
    /// <summary>One that is not there is forgotten already.</summary>
    public Task HandleAsync(string key, Actor actor, CancellationToken cancellationToken) =>
        changes.ApplyAsync(actor, Right.Own, "draft.discard", async (change, token) =>
        {
            var draft = await change.Db.Drafts.FindAsync([change.Own(), key], token);
            if (draft is not null)
            {
                change.Db.Drafts.Remove(draft);
            }

            return change.Report(draft, SaveDraft.IsKey(key) ? $"draft {key}" : "draft", new { Found = draft is not null });
        }, cancellationToken);
}
