using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace SmartRadio.Controller.Storage;

/// <summary>The database as dotnet ef sees it when it writes a migration: the model alone, no file is opened.</summary>
internal sealed class RadioDbDesign : IDesignTimeDbContextFactory<RadioDb>
{
    public RadioDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<RadioDb>().UseSqlite().Options);
}
