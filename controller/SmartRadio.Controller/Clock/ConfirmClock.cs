using SmartRadio.Controller.Changes;

namespace SmartRadio.Controller.Clock;

/// <summary>
/// Says that the machine's clock is right after a jump. The audit row bears the time before it, the program goes by the new one.
/// </summary>
public sealed class ConfirmClock(AuditedChanges changes, GuardedTime clock) : IReactTo<ClockConfirmed>
{
    /// <exception cref="RefusedException"><see cref="ClockRefusal.ClockFollowed"/>.</exception>
    public Task HandleAsync(Actor actor, CancellationToken cancellationToken) =>
        changes.ApplyAsync(actor, Right.Administer, "clock.confirm", (change, _) =>
        {
            change.Everywhere();
            var seen = clock.State;
            if (seen.Trust == ClockTrust.Followed)
            {
                throw new RefusedException(ClockRefusal.ClockFollowed);
            }

            change.Happens(new ClockConfirmed());
            return Task.FromResult(change.Report(seen, "clock", new { seen.Machine, seen.Program }));
        }, cancellationToken);

    public Task ReactAsync(ClockConfirmed happened, CancellationToken cancellationToken)
    {
        clock.Confirm();
        return Task.CompletedTask;
    }
}
