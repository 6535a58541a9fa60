using Microsoft.Extensions.Options;

namespace SmartRadio.Controller.Bulletins;

/// <summary>
/// Places for speaking and preparing sound. One is taken before the work begins and given back when it is over; nobody waits
/// for one. The last is kept for those who release emergencies.
/// </summary>
public sealed class SoundPlaces(IOptions<LimitOptions> limits)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);
    private bool _keptTaken;

    /// <param name="person">Whose work it is.</param>
    /// <param name="mayAlert">Whether the person releases emergencies.</param>
    /// <exception cref="RefusedException">
    /// <see cref="BulletinRefusal.OwnSoundsAtWork"/>, <see cref="BulletinRefusal.SoundsAtWork"/>.
    /// </exception>
    internal TakenPlace Take(string person, bool mayAlert)
    {
        lock (_lock)
        {
            var (own, all, most) = (_taken.GetValueOrDefault(person), _taken.Values.Sum(), limits.Value);
            if (own < most.PersonSounds && all < most.Sounds)
            {
                _taken[person] = own + 1;
                return new TakenPlace(this, person, IsKept: false);
            }

            if (mayAlert && !_keptTaken)
            {
                _keptTaken = true;
                return new TakenPlace(this, person, IsKept: true);
            }

            throw own < most.PersonSounds
                ? new RefusedException(BulletinRefusal.SoundsAtWork, most.Sounds)
                : new RefusedException(BulletinRefusal.OwnSoundsAtWork, most.PersonSounds);
        }
    }

    internal void Leave(TakenPlace place)
    {
        lock (_lock)
        {
            if (place.IsKept)
            {
                _keptTaken = false;
            }
            else if (--_taken[place.Person] == 0)
            {
                _taken.Remove(place.Person);
            }
        }
    }
}

/// <summary>One piece of work's place; disposing it once gives it back.</summary>
/// <param name="All">Where it was taken.</param>
/// <param name="Person">Who has it.</param>
/// <param name="IsKept">Whether it is the one for emergencies, which waits for no processor.</param>
internal sealed record TakenPlace(SoundPlaces All, string Person, bool IsKept) : IDisposable
{
    public void Dispose() => All.Leave(this);
}
