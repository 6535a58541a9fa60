using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Storage;

/// <summary>The audit log and the one-time tokens.</summary>
public sealed partial class RadioDb
{
    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    public DbSet<AppliedRequest> AppliedRequests => Set<AppliedRequest>();

    private sealed class AppliedRequestTable : IEntityTypeConfiguration<AppliedRequest>
    {
        public void Configure(EntityTypeBuilder<AppliedRequest> builder)
        {
            builder.HasKey(request => new { request.PersonId, request.Key, request.Action });
            builder.HasIndex(request => request.At);
        }
    }
}
