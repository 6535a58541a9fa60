namespace SmartRadio.Controller.Bulletins;

/// <summary>As an approver heard and read a bulletin. What it does not say is not compared.</summary>
/// <param name="Hash">Of the sound; null = whatever is there.</param>
public sealed record ReviewedBulletin(string? Hash = null)
{
    /// <summary>
    /// When it had been returned, in ms since 1970; <see cref="NotReturned"/>, or null = it does not matter.
    /// </summary>
    public long? ReturnedAt { get; init; }

    public const long NotReturned = 0;

    /// <summary>A bulletin as it is now.</summary>
    public static ReviewedBulletin Of(Bulletin bulletin) => new(bulletin.Hash) { ReturnedAt = MomentOf(bulletin) };

    /// <exception cref="RefusedException">
    /// <see cref="BulletinRefusal.SoundChanged"/>, <see cref="BulletinRefusal.ReturnedMeanwhile"/>.
    /// </exception>
    internal void Check(Bulletin bulletin)
    {
        if (Hash is not null && Hash != bulletin.Hash)
        {
            throw new RefusedException(BulletinRefusal.SoundChanged, bulletin.Id);
        }

        if (ReturnedAt is { } seen && seen != MomentOf(bulletin))
        {
            throw new RefusedException(BulletinRefusal.ReturnedMeanwhile, bulletin.Id);
        }
    }

    private static long MomentOf(Bulletin bulletin) => bulletin.ReturnedAt?.ToUnixTimeMilliseconds() ?? NotReturned;
}
