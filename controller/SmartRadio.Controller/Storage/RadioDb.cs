using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Storage;

/// <summary>
/// The controller's database. Each room brings its tables in a file of its own, XTables.cs. Instants are stored as Unix
/// milliseconds in UTC, lengths as milliseconds.
/// </summary>
public sealed partial class RadioDb(DbContextOptions<RadioDb> options) : IdentityUserContext<Person>(options)
{
    /// <summary>
    /// No broadcast made from now on has a number up to this one. The one place that speaks SQLite's own words.
    /// </summary>
    public Task RaiseBroadcastIdsAsync(long last, CancellationToken cancellationToken) => Database.ExecuteSqlAsync(
        $"update sqlite_sequence set seq = {last} where name = 'Broadcasts' and seq < {last}", cancellationToken);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantConverter>();
        configurationBuilder.Properties<TimeSpan>().HaveConversion<LengthConverter>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(RadioDb).Assembly);
        KeepHistory(builder);
    }

    // What was said and heard is proof: no row goes because another one does.
    private static void KeepHistory(ModelBuilder builder)
    {
        foreach (var key in builder.Model.GetEntityTypes().SelectMany(type => type.GetForeignKeys()))
        {
            key.DeleteBehavior = DeleteBehavior.Restrict;
        }
    }

    private sealed class InstantConverter() : ValueConverter<DateTimeOffset, long>(
        instant => instant.ToUnixTimeMilliseconds(),
        stored => DateTimeOffset.FromUnixTimeMilliseconds(stored));

    private sealed class LengthConverter() : ValueConverter<TimeSpan, long>(
        length => (long)length.TotalMilliseconds,
        stored => TimeSpan.FromMilliseconds(stored));
}
