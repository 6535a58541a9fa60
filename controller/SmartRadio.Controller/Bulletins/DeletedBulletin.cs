namespace SmartRadio.Controller.Bulletins;

/// <summary>Where a deleted bulletin lay: whoever looks after that area reads in the audit log what became of it.</summary>
public sealed class DeletedBulletin
{
    public long Id { get; set; }

    public long AreaId { get; set; }
}
