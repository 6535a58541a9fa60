using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Changes;

/// <summary>
/// A change in progress. It says at which area it needs its right before it writes anything, and what happens by it; a change
/// that has not said where is not committed.
/// </summary>
public sealed class Change(RadioDb db, Actor actor, Right right, Grants grants)
{
    private readonly List<IEvent> _happenings = [];
    private bool _isChecked;

    public RadioDb Db { get; } = db;

    public Actor Actor { get; } = actor;

    /// <summary>Where the right of this change holds.</summary>
    public AreaScope Scope => grants.Of(right);

    /// <summary>What the actor may see at all, whatever this change needs.</summary>
    public AreaScope Seen => grants.Of(Right.See);

    internal IReadOnlyList<IEvent> Happenings => _happenings;

    /// <summary>The change is about this area, or about all together when it is null.</summary>
    /// <exception cref="RefusedException"><see cref="Refusal.NotAllowed"/>.</exception>
    public void At(long? area) => Check(Scope.Holds(area));

    /// <summary>The change is about all of these areas.</summary>
    /// <exception cref="RefusedException"><see cref="Refusal.NotAllowed"/>.</exception>
    public void At(IEnumerable<long> areas) => Check(areas.All(area => Scope.Holds(area)));

    /// <summary>The change is about the whole installation.</summary>
    /// <exception cref="RefusedException"><see cref="Refusal.NotAllowed"/>.</exception>
    public void Everywhere() => Check(Scope.IsEverywhere);

    /// <summary>The change looks itself after what lies in <see cref="Scope"/> and leaves the rest alone.</summary>
    /// <exception cref="RefusedException"><see cref="Refusal.NotAllowed"/>: the right holds nowhere.</exception>
    public void WithinScope() => Check(!Scope.IsEmpty);

    /// <summary>The change is about what belongs to whoever makes it.</summary>
    /// <returns>The person's id.</returns>
    /// <exception cref="RefusedException"><see cref="Refusal.NotAllowed"/>: no person asks.</exception>
    public string Own()
    {
        Check(Actor.PersonId is not null && grants.Of(Right.Own).IsEverywhere);
        return Actor.PersonId!;
    }

    /// <summary>Says what happens by this change; who cares takes part in it or reacts after the commit.</summary>
    public void Happens(IEvent happening) => _happenings.Add(happening);

    /// <summary>Ends the work of the change.</summary>
    /// <param name="result">What the caller gets.</param>
    /// <param name="subject">What it was done to, for the audit log: "bulletin 12".</param>
    /// <param name="detail">Particulars for the audit log; never a secret.</param>
    /// <exception cref="InvalidOperationException">The change has not said at which area it needs its right.</exception>
    public ChangeReport<T> Report<T>(T result, string subject, object detail) => _isChecked
        ? new(result, subject, detail)
        : throw new InvalidOperationException($"The change of {subject} does not say at which area it needs its right.");

    private void Check(bool isAllowed)
    {
        _isChecked = true;
        if (!isAllowed)
        {
            throw new RefusedException(Refusal.NotAllowed);
        }
    }
}

/// <summary>What a change reports of itself to the audit log.</summary>
public sealed record ChangeReport<T>
{
    internal ChangeReport(T result, string subject, object detail)
    {
        Result = result;
        Subject = subject;
        Detail = detail;
    }

    public T Result { get; }

    public string Subject { get; }

    public object Detail { get; }
}
