using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartRadio.Controller;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Programmes;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Api;

namespace SmartRadio.Web.Programmes;

/// <summary>Bulletins to be joined.</summary>
public sealed record ProgrammeBody(
    [property: Description("One line, at most 200 characters.")] string Title,
    [property: Description("Approved bulletins in their order.")] IReadOnlyList<MemberBody> Bulletins,
    [property: Description("The area whose programme it is; without it the caller's own, or all together.")] long? AreaId = null)
{
    [Description("What sounds first. Without it twoTone. A siren takes the right to alert.")]
    public Cue? Opening { get; init; }

    [Description("What sounds last. Without it none.")]
    public Cue? Closing { get; init; }

    [Description("Silence before the closing in seconds, 0 to 60.")]
    public double PauseSeconds { get; init; }

    [Description("The bulletin of origin melody that opens or closes, where that is chosen.")]
    public long? MelodyId { get; init; }

    [Description("Whether each bulletin keeps its own opening and closing.")]
    public bool KeepOpenings { get; init; }
}

public sealed record MemberBody(
    long BulletinId, [property: Description("Silence after it in seconds, 0 to 60.")] double GapSeconds = 2);

public sealed record ProgrammeAnswer(
    [property: Description("The id of the bulletin that the programme is, see /api/v1/bulletins.")] long Id, string Title,
    double LengthSeconds, string Hash);

internal static class ProgrammeApi
{
    public static void MapProgrammes(this IEndpointRouteBuilder api) =>
        api.MapPost("/programmes", ComposeAsync).WithTags("bulletins").Needs(Right.Write)
            .Operation("composeProgramme", "Joins approved bulletins to one, which is approved and aired as any other.")
            .Refuses(403, 404, 409, 422, 429, 503, 507);

    private static async Task<Created<ProgrammeAnswer>> ComposeAsync(
        ProgrammeBody body, ComposeProgramme compose, MyGrants mine, HttpContext context, CancellationToken cancellationToken)
    {
        var request = new ProgrammeRequest(
            body.Title, [.. body.Bulletins.Select(Member)])
        {
            AreaId = body.AreaId ?? await mine.HomeAsync(Right.Write, cancellationToken),
            KeepsFrames = body.KeepOpenings,
            Frame = new BulletinFrame
            {
                Opening = body.Opening,
                Closing = body.Closing ?? Cue.None,
                Pause = FormValues.Seconds(body.PauseSeconds, "pauseSeconds"),
                MelodyId = body.MelodyId,
            },
        };
        var made = await compose.HandleAsync(request, context.User.Actor(), null, cancellationToken);
        return TypedResults.Created(
            $"/api/v1/bulletins/{made.Id}", new ProgrammeAnswer(made.Id, made.Title, made.Length.TotalSeconds, made.Hash));
    }

    // Null where the list holds null.
    private static ProgrammeMember Member(MemberBody? member) => member is null
        ? throw new RefusedException(Refusal.Malformed, "bulletins")
        : new(member.BulletinId, FormValues.Seconds(member.GapSeconds, "gapSeconds"));
}
