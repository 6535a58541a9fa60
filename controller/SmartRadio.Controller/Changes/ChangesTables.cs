using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Storage;

/// <summary>The audit log, the one-time tokens and the answers under them.</summary>
public sealed partial class RadioDb
{
    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    public DbSet<AppliedRequest> AppliedRequests => Set<AppliedRequest>();

    public DbSet<AnsweredRequest> AnsweredRequests => Set<AnsweredRequest>();

    private sealed class AnsweredRequestTable : IEntityTypeConfiguration<AnsweredRequest>
    {
        public void Configure(EntityTypeBuilder<AnsweredRequest> builder)
        {
            builder.HasKey(answer => new { answer.PersonId, answer.Key });
            builder.HasIndex(answer => answer.At);
        }
    }

    private sealed class AppliedRequestTable : IEntityTypeConfiguration<AppliedRequest>
    {
        public void Configure(EntityTypeBuilder<AppliedRequest> builder)
        {
            builder.HasKey(request => new { request.PersonId, request.Key, request.Action });
            builder.HasIndex(request => request.At);
        }
    }
}
