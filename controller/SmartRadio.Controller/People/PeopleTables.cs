using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Storage;

/// <summary>What is known of people beside Identity's own.</summary>
public sealed partial class RadioDb
{
    private sealed class PersonTable : IEntityTypeConfiguration<Person>
    {
        public void Configure(EntityTypeBuilder<Person> builder)
        {
            // A person who was read before the digits were taken would bring the old step back.
            builder.Property(person => person.LastCodeStep).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
            builder.HasIndex(person => person.UserNameLook);
            builder.HasIndex(person => person.DisplayNameLook);
        }
    }
}
