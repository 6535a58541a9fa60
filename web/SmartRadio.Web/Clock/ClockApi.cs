using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Clock;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Api;

namespace SmartRadio.Web.Clock;

public sealed record ClockAnswer
{
    internal ClockAnswer(ClockState state) =>
        (State, Machine, Program, AheadSeconds, FollowedAt, Recorded) =
            (state.Trust, state.Machine, state.Program, state.Ahead.TotalSeconds, state.FollowedAt, state.Recorded);

    [Description(
        "followed: the program goes by the machine's clock. jumped: it does not yet. behind: it does, though the clock shows an instant before the last one recorded.")]
    public ClockTrust State { get; }

    [Description("What the machine's clock shows.")]
    public DateTimeOffset Machine { get; }

    [Description("The time by which schedules, loudspeakers and pages go.")]
    public DateTimeOffset Program { get; }

    [Description("How far the machine's clock is before the program's; below 0, behind it.")]
    public double AheadSeconds { get; }

    [Description("When the program follows a jump that stays, in its own time; null without a jump.")]
    public DateTimeOffset? FollowedAt { get; }

    [Description("The last entry of the audit log when the program started; null when there was none, or after a confirmation.")]
    public DateTimeOffset? Recorded { get; }
}

internal static class ClockApi
{
    public static void MapClock(this IEndpointRouteBuilder api)
    {
        var clock = api.MapGroup("/clock").WithTags("clock");
        clock.MapGet(string.Empty, (GuardedTime time) => new ClockAnswer(time.State))
            .Needs(Right.See).Operation("getClock", "The machine's clock and the program's.").Refuses();
        clock.MapPost("/confirm", ConfirmAsync)
            .Needs(Right.Administer)
            .Operation("confirmClock", "Says that the machine's clock is right: the program follows it at once.").Refuses(409);
    }

    private static async Task<NoContent> ConfirmAsync(
        ConfirmClock confirm, HttpContext context, CancellationToken cancellationToken)
    {
        await confirm.HandleAsync(context.User.Actor(), cancellationToken);
        return TypedResults.NoContent();
    }
}
