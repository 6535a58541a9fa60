using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SmartRadio.Controller.Areas;
using SmartRadio.Controller.Templates;

namespace SmartRadio.Controller.Storage;

/// <summary>Templates of areas.</summary>
public sealed partial class RadioDb
{
    public DbSet<BulletinTemplate> Templates => Set<BulletinTemplate>();

    private sealed class BulletinTemplateTable : IEntityTypeConfiguration<BulletinTemplate>
    {
        public void Configure(EntityTypeBuilder<BulletinTemplate> builder) =>
            builder.HasOne<Area>().WithMany().HasForeignKey(template => template.AreaId);
    }
}
