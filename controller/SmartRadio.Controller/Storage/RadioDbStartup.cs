using Microsoft.EntityFrameworkCore;

namespace SmartRadio.Controller.Storage;

/// <summary>Brings the database to this version of the program. Called once, before anything else touches it.</summary>
public sealed class RadioDbStartup(IDbContextFactory<RadioDb> databases)
{
    /// <exception cref="InvalidOperationException">
    /// A newer version of the program has been at work here; nothing was changed.
    /// </exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var unknown = (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).Except(
            db.Database.GetMigrations(), StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
        {
            throw new InvalidOperationException(
                $"The database was made by a newer version of the program (it has {unknown[^1]}). Start that version.");
        }

        await db.Database.MigrateAsync(cancellationToken);
    }
}
