using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SmartRadio.Controller.Access.Sessions;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Storage;

/// <summary>Who is signed in where.</summary>
public sealed partial class RadioDb
{
    public DbSet<Session> Sessions => Set<Session>();

    private sealed class SessionTable : IEntityTypeConfiguration<Session>
    {
        public void Configure(EntityTypeBuilder<Session> builder) =>
            builder.HasOne<Person>().WithMany().HasForeignKey(session => session.PersonId);
    }
}
