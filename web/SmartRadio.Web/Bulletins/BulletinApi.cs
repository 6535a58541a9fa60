using System.ComponentModel;
using System.Net.Mime;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SmartRadio.Audio.Files;
using SmartRadio.Audio.Speech;
using SmartRadio.Controller;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Web.Hosting;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Api;
using SmartRadio.Web.SignIn;

namespace SmartRadio.Web.Bulletins;

/// <param name="Title">One line, at most 200 characters.</param>
/// <param name="Text">What is spoken, at most 20,000 characters.</param>
/// <param name="Voice">Id of a voice, see /api/v1/voices.</param>
public sealed record SpeechBody(
    [property: Description("One line, at most 200 characters. Example: \"Lịch cắt điện\".")] string Title,
    [property: Description("What is spoken, at most 20,000 characters.")] string Text,
    [property: Description("Id of a voice, see /api/v1/voices. Example: \"north\".")] string Voice);

/// <param name="LengthSeconds">Length of the prepared sound.</param>
/// <param name="Loudness">Integrated loudness of the prepared sound in LUFS.</param>
public sealed record BulletinAnswer(
    long Id,
    string Title,
    BulletinOrigin Origin,
    [property: Description("Length of the prepared sound in seconds.")] double LengthSeconds,
    [property: Description("Integrated loudness of the prepared sound in LUFS (EBU R128).")] double Loudness,
    [property: Description("SHA-256 of the prepared sound: what is approved is exactly this.")] string Hash,
    string? Text,
    string? Voice,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ApprovedAt)
{
    internal static BulletinAnswer Of(Bulletin bulletin) => new(
        bulletin.Id, bulletin.Title, bulletin.Origin, bulletin.Length.TotalSeconds, bulletin.Loudness, bulletin.Hash,
        bulletin.Text, bulletin.Voice, bulletin.CreatedAt, bulletin.ApprovedAt);
}

public sealed record BulletinLineAnswer(
    long Id, string Title, BulletinOrigin Origin, double LengthSeconds, string Author, DateTimeOffset CreatedAt, DateTimeOffset? ApprovedAt);

public sealed record PeaksAnswer([property: Description("Pairs of smallest and largest sample, -128 to 127, evenly over the length.")] IReadOnlyList<int> Peaks);

public sealed record VoiceAnswer(string Id, string Vietnamese, string English);

internal static class BulletinApi
{
    private const int Listed = 500;

    public static void MapBulletins(this IEndpointRouteBuilder api)
    {
        var bulletins = api.MapGroup("/bulletins").WithTags("bulletins");
        bulletins.MapGet(string.Empty, ListAsync).WithSummary("The newest bulletins.").Refuses();
        bulletins.MapPost(string.Empty, CreateAsync)
            .WithMetadata(new RequestSizeLimitAttribute(UploadLimits.Request))
            .Accepts<SpeechBody>(MediaTypeNames.Application.Json, MediaTypeNames.Multipart.FormData)
            .WithSummary("Makes a bulletin: multipart with title and file, or JSON with title, text and voice.")
            .WithDescription("Answers when the sound is prepared and can be heard; the longest file takes under a minute.")
            .Refuses(400, 413, 415, 422, 503, 507);
        bulletins.MapGet("/{id:long}", GetAsync).WithSummary("One bulletin.").Refuses(404);
        bulletins.MapGet("/{id:long}/peaks", PeaksAsync).WithSummary("Waveform for a screen.").Refuses(404);
        bulletins.MapGet("/{id:long}/preview", Preview).WithSummary("The sound as a small MP3.").Produces(200, contentType: "audio/mpeg").Refuses(404);
        bulletins.MapGet("/{id:long}/sound", Sound).WithSummary("The prepared sound as WAV.").Produces(200, contentType: "audio/wav").Refuses(404);
        bulletins.MapPost("/{id:long}/approve", ApproveAsync)
            .WithSummary("Approves a bulletin; its sound is frozen.").Refuses(403, 404, 409, 507);
        api.MapGet("/voices", (ISpeechSynthesizer speech) =>
                speech.Voices.Select(voice => new VoiceAnswer(voice.Id, voice.VietnameseName, voice.EnglishName)))
            .WithTags("bulletins").WithSummary("The voices that speak text.").Refuses();
    }

    private static async Task<IEnumerable<BulletinLineAnswer>> ListAsync(BulletinQuery bulletins, CancellationToken cancel) =>
        (await bulletins.ListAsync(Listed, cancel)).Select(row => new BulletinLineAnswer(
            row.Id, row.Title, row.Origin, row.Length.TotalSeconds, row.Author, row.CreatedAt, row.ApprovedAt));

    private static async Task<Created<BulletinAnswer>> CreateAsync(HttpContext context, CreateBulletin create, CancellationToken cancel)
    {
        var bulletin = context.Request.HasFormContentType
            ? await FromFormAsync(context, create, cancel)
            : await FromTextAsync(context, create, cancel);
        return TypedResults.Created($"/api/v1/bulletins/{bulletin.Id}", BulletinAnswer.Of(bulletin));
    }

    private static async Task<Bulletin> FromFormAsync(HttpContext context, CreateBulletin create, CancellationToken cancel)
    {
        var form = await ReadFormAsync(context.Request, cancel);
        var file = form.Files.GetFile("file") ?? throw new RefusedException(BulletinRefusal.FileMissing);
        await using var content = file.OpenReadStream();
        return await create.FromUploadAsync(new UploadRequest(form["title"].ToString(), content), context.User.Actor(), null, cancel);
    }

    private static async Task<IFormCollection> ReadFormAsync(HttpRequest request, CancellationToken cancel)
    {
        try
        {
            return await request.ReadFormAsync(cancel);
        }
        catch (InvalidDataException)
        {
            throw new RefusedException(Refusal.Malformed, "multipart/form-data");
        }
        catch (IOException problem) when (FullDisk.Is(problem))
        {
            throw new RefusedException(Refusal.DiskFull);
        }
    }

    private static async Task<Bulletin> FromTextAsync(HttpContext context, CreateBulletin create, CancellationToken cancel)
    {
        if (context.Request.ContentLength > RadioServer.BodyLimit)
        {
            throw new BadHttpRequestException("Too large.", StatusCodes.Status413PayloadTooLarge);
        }

        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = RadioServer.BodyLimit;
        var body = await JsonBody.ReadAsync<SpeechBody>(context.Request, cancel);
        return await create.FromTextAsync(new SpeechRequest(body.Title, body.Text, body.Voice), context.User.Actor(), null, cancel);
    }

    private static async Task<BulletinAnswer> GetAsync(long id, BulletinQuery bulletins, CancellationToken cancel) =>
        BulletinAnswer.Of((await FindAsync(id, bulletins, cancel)).Bulletin);

    private static async Task<PeaksAnswer> PeaksAsync(long id, BulletinQuery bulletins, CancellationToken cancel) =>
        new([.. (await FindAsync(id, bulletins, cancel)).Bulletin.Peaks.Select(peak => (int)(sbyte)peak)]);

    private static IResult Preview(long id, BulletinFiles files) => FileOf(id, files.PreviewOf(id), "audio/mpeg");

    private static IResult Sound(long id, BulletinFiles files) => FileOf(id, files.MasterOf(id), "audio/wav");

    private static async Task<BulletinAnswer> ApproveAsync(long id, ApproveBulletin approve, HttpContext context, CancellationToken cancel) =>
        BulletinAnswer.Of(await approve.HandleAsync(id, context.User.Actor(), null, cancel));

    private static IResult FileOf(long id, string path, string type) => File.Exists(path)
        ? Results.File(path, type, enableRangeProcessing: true)
        : throw new RefusedException(BulletinRefusal.UnknownBulletin, id);

    private static async Task<BulletinDetail> FindAsync(long id, BulletinQuery bulletins, CancellationToken cancel) =>
        await bulletins.GetAsync(id, cancel) ?? throw new RefusedException(BulletinRefusal.UnknownBulletin, id);
}
