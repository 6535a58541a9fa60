using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Drafts;

/// <summary>The texts that somebody is writing; nobody else sees them.</summary>
public sealed class DraftQuery(IDbContextFactory<RadioDb> databases)
{
    /// <summary>The one changed last first.</summary>
    public async Task<IReadOnlyList<TextDraft>> ListAsync(string person, int take, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Drafts.AsNoTracking().Where(draft => draft.PersonId == person)
            .OrderByDescending(draft => draft.ChangedAt).ThenBy(draft => draft.Key).Take(take).ToListAsync(cancellationToken);
    }

    /// <summary>Null when the person has no such draft.</summary>
    public async Task<TextDraft?> FindAsync(string person, string key, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Drafts.AsNoTracking()
            .SingleOrDefaultAsync(draft => draft.PersonId == person && draft.Key == key, cancellationToken);
    }
}
