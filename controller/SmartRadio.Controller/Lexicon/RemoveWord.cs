using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Lexicon;

/// <summary>Has a word said again as the area above says it, or as the rules do.</summary>
public sealed class RemoveWord(AuditedChanges changes)
{
    /// <exception cref="RefusedException"><see cref="LexiconRefusal.UnknownWord"/>.</exception>
    public Task HandleAsync(long id, Actor actor, CancellationToken cancellationToken) =>
        changes.ApplyAsync(actor, Right.Write, "lexicon.remove", async (change, token) =>
        {
            var word = await change.Db.LexiconWords.FindAsync([id], token)
                ?? throw new RefusedException(LexiconRefusal.UnknownWord, id);
            change.At(word.AreaId);
            change.Db.LexiconWords.Remove(word);
            change.Happens(new LexiconChanged(word.AreaId));
            return change.Report(word, LexiconSubject.Of(word.AreaId), new { word.Written, Before = word.Spoken });
        }, cancellationToken);
}
