using Microsoft.EntityFrameworkCore;

namespace SmartRadio.Controller.Storage;

/// <summary>Brings the database to this version of the program. Called once, before anything else touches it.</summary>
public sealed class RadioDbStartup(IDbContextFactory<RadioDb> databases)
{
    public async Task MigrateAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.Database.MigrateAsync(cancel);
    }
}
