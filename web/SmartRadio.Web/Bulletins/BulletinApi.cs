using System.ComponentModel;
using System.Globalization;
using System.Net.Mime;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SmartRadio.Audio.Speech;
using SmartRadio.Controller;
using SmartRadio.Controller.Bulletins;
using SmartRadio.Controller.Changes;
using SmartRadio.Web.Errors;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Api;

namespace SmartRadio.Web.Bulletins;

internal static class BulletinApi
{
    public static void MapBulletins(this IEndpointRouteBuilder api)
    {
        var bulletins = api.MapGroup("/bulletins").WithTags("bulletins");
        bulletins.MapGet(string.Empty, ListAsync).Needs(Right.See).Operation("listBulletins", "The newest bulletins.").Refuses();
        bulletins.MapPost(string.Empty, CreateAsync)
            .WithMetadata(new TakesSoundAttribute())
            .Accepts<SpeechBody>(MediaTypeNames.Application.Json, MediaTypeNames.Multipart.FormData)
            .Needs(Right.Write)
            .Operation("createBulletin", "Makes a bulletin: multipart with title and file, or JSON with title, text and voice.")
            .WithDescription("A form takes the fields opening, closing, pauseSeconds, melodyId, emergency and previousId too, "
                + "and melody=true for a sound that is to open or close others. "
                + "Answers when the sound is prepared and can be heard; the longest file takes under a minute.")
            .Refuses(400, 403, 413, 415, 422, 429, 503, 507);
        bulletins.MapGet("/{id:long}", GetAsync).Needs(Right.See).Operation("getBulletin", "One bulletin.").Refuses(404);
        bulletins.MapGet("/{id:long}/peaks", PeaksAsync).Needs(Right.See)
            .Operation("getBulletinPeaks", "Waveform for a screen.").Refuses(404);
        bulletins.MapGet("/{id:long}/preview", PreviewAsync).Needs(Right.See)
            .Operation("getBulletinPreview", "The sound as a small MP3.").Produces(200, contentType: "audio/mpeg").Refuses(404);
        bulletins.MapGet("/{id:long}/sound", SoundAsync).Needs(Right.See)
            .Operation("getBulletinSound", "The prepared sound as WAV.").Produces(200, contentType: "audio/wav").Refuses(404);
        bulletins.MapPost("/{id:long}/approve", ApproveAsync)
            .Needs(Right.Approve).Operation("approveBulletin", "Approves a bulletin; its sound is frozen.")
            .Refuses(403, 404, 409, 429, 507);
        bulletins.MapPost("/{id:long}/return", ReturnAsync)
            .Needs(Right.Approve).Operation("returnBulletin", "Sends a bulletin back to its author, saying what to mend.")
            .Refuses(400, 403, 404, 409, 422);
        bulletins.MapPost("/{id:long}/withdraw", WithdrawAsync)
            .Needs(Right.Approve)
            .Operation("withdrawBulletin", "Has an approved bulletin aired no more; what is planned of it is cancelled.")
            .Refuses(403, 404, 409);
        bulletins.MapDelete("/{id:long}", DeleteAsync)
            .Needs(Right.Write).Operation("deleteBulletin", "Deletes a bulletin that was never aired, with its sound.")
            .Refuses(403, 404, 409);
        bulletins.MapPost("/{id:long}/trim", TrimAsync)
            .Needs(Right.Write).Operation("trimBulletin", "Keeps a stretch of a bulletin's words, before it is approved.")
            .Refuses(403, 404, 409, 422, 429, 507);
        bulletins.MapPost("/{id:long}/languages", AddLanguageAsync)
            .WithMetadata(new TakesSoundAttribute())
            .Accepts<LanguageBody>(MediaTypeNames.Application.Json, MediaTypeNames.Multipart.FormData)
            .Needs(Right.Write)
            .Operation("addBulletinLanguage", "Adds another language: multipart with file, or JSON with text and voice.")
            .WithDescription("Before approval only. A Vietnamese voice reads the text by the rules for announcers; "
                + "a voice of another language gets it as it is written.")
            .Refuses(400, 403, 404, 409, 413, 415, 422, 429, 503, 507);
        api.MapGet("/voices", ([AsParameters] ListPage page, ISpeechSynthesizer speech, HttpContext context) =>
                page.AnswerOf(
                    context, [.. speech.Voices], voice => voice.Id,
                    voice => new VoiceAnswer(voice.Id, voice.VietnameseName, voice.EnglishName, voice.Language)))
            .WithTags("bulletins").Needs(Right.See).Operation("listVoices", "The voices that speak text.").Refuses();
    }

    private static async Task<IReadOnlyList<BulletinLineAnswer>> ListAsync(
        [AsParameters] ListPage page, [FromQuery, Description("Only those that are approved, or that are not.")] bool? approved,
        [FromQuery, Description("Only those in this state.")] BulletinState? state,
        [FromQuery, Description("Words of the title, without marks and in any case.")] string? title,
        BulletinQuery bulletins, MyGrants mine, HttpContext context, CancellationToken cancellationToken)
    {
        var filter = new BulletinFilter
        {
            IsOpen = approved == false,
            State = approved != true ? state
                : state is null or BulletinState.Approved ? BulletinState.Approved
                : throw new RefusedException(Refusal.Malformed, "state"),
            Title = PlainText.Words(title, PlainText.NameLength)
                ?? throw new RefusedException(Refusal.TitleTooLong, PlainText.NameLength),
            After = page.AfterId,
        };
        var (rows, total) = await bulletins.ListAsync(
            await mine.SeenAsync(cancellationToken), filter, page.Take, cancellationToken);
        return page.Answer(context, rows, row => row.Id, row => new BulletinLineAnswer(
            row.Id, row.Title, row.Origin, row.Length.TotalSeconds, row.Author, row.CreatedAt, row.ApprovedAt, row.State)
        {
            Version = row.Version,
        }, total);
    }

    private static async Task<Created<BulletinAnswer>> CreateAsync(
        HttpContext context, CreateBulletin create, CancellationToken cancellationToken)
    {
        var bulletin = context.Request.HasFormContentType
            ? await FromFormAsync(context, create, cancellationToken)
            : await FromTextAsync(context, create, cancellationToken);
        return TypedResults.Created($"/api/v1/bulletins/{bulletin.Id}", new BulletinAnswer(bulletin));
    }

    private static async Task<Bulletin> FromFormAsync(
        HttpContext context, CreateBulletin create, CancellationToken cancellationToken)
    {
        var form = await MultipartForm.ReadAsync(context.Request, cancellationToken);
        var file = form.Files.GetFile("file") ?? throw new RefusedException(BulletinRefusal.FileMissing);
        await using var content = file.OpenReadStream();
        return await create.FromUploadAsync(
            UploadFields.Read(form, content, await AreaOfAsync(context, form["areaId"])) with { FileName = file.FileName },
            context.User.Actor(), null, cancellationToken);
    }

    private static async Task<Bulletin> FromTextAsync(
        HttpContext context, CreateBulletin create, CancellationToken cancellationToken)
    {
        BodyLimit.Narrow(context);
        var body = await JsonBody.ReadAsync<SpeechBody>(context.Request, cancellationToken);
        return await create.FromTextAsync(
            new SpeechRequest(body.Title, body.Text, body.Voice)
            {
                AreaId = body.AreaId ?? await AreaOfAsync(context, null),
                Frame = body.Frame(),
                PreviousId = body.PreviousId,
                Speed = body.Speed,
                Pitch = body.Pitch,
            },
            context.User.Actor(), null, cancellationToken);
    }

    private static async Task<long?> AreaOfAsync(HttpContext context, string? asked) => string.IsNullOrEmpty(asked)
        ? await context.RequestServices.GetRequiredService<MyGrants>().HomeAsync(Right.Write, context.RequestAborted)
        : FormValues.Id(asked) ?? throw new RefusedException(Refusal.Malformed, "areaId");

    private static async Task<BulletinAnswer> GetAsync(
        long id, BulletinQuery bulletins, MyGrants mine, CancellationToken cancellationToken) =>
        new BulletinAnswer((await FindAsync(id, bulletins, mine, cancellationToken)).Bulletin);

    private static async Task<PeaksAnswer> PeaksAsync(
        long id, BulletinQuery bulletins, MyGrants mine, CancellationToken cancellationToken) =>
        new([.. (await FindAsync(id, bulletins, mine, cancellationToken)).Bulletin.Peaks.Select(peak => (int)(sbyte)peak)]);

    private static async Task<IResult> PreviewAsync(
        long id, BulletinFiles files, BulletinQuery bulletins, MyGrants mine, CancellationToken cancellationToken)
    {
        var found = await FindAsync(id, bulletins, mine, cancellationToken);
        return FileOf(id, files.PreviewOf(found.Bulletin), "audio/mpeg", ".mp3");
    }

    private static async Task<IResult> SoundAsync(
        long id, BulletinFiles files, BulletinQuery bulletins, MyGrants mine, CancellationToken cancellationToken)
    {
        var found = await FindAsync(id, bulletins, mine, cancellationToken);
        return FileOf(id, files.MasterOf(found.Bulletin), "audio/wav", ".wav");
    }

    private static async Task<BulletinAnswer> ApproveAsync(
        long id, [FromQuery, Description("The hash of the sound that was heard; another sound is refused.")] string? hash,
        ApproveBulletin approve, HttpContext context, CancellationToken cancellationToken) =>
        new BulletinAnswer(await approve.HandleAsync(
            id, new ReviewedBulletin(hash), context.User.Actor(), null, cancellationToken));

    private static async Task<BulletinAnswer> ReturnAsync(
        long id, RemarkBody body, ReturnBulletin send, HttpContext context, CancellationToken cancellationToken) =>
        new BulletinAnswer(await send.HandleAsync(id, body.Remark, context.User.Actor(), cancellationToken));

    private static async Task<BulletinAnswer> WithdrawAsync(
        long id, WithdrawBulletin withdraw, HttpContext context, CancellationToken cancellationToken) =>
        new BulletinAnswer(await withdraw.HandleAsync(id, context.User.Actor(), cancellationToken));

    private static async Task<NoContent> DeleteAsync(
        long id, DeleteBulletin delete, HttpContext context, CancellationToken cancellationToken)
    {
        await delete.HandleAsync(id, context.User.Actor(), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<BulletinAnswer> TrimAsync(
        long id, TrimBody body, TrimBulletin trim, HttpContext context, CancellationToken cancellationToken) =>
        new BulletinAnswer(await trim.HandleAsync(body.Request(id), context.User.Actor(), null, cancellationToken));

    private static async Task<BulletinAnswer> AddLanguageAsync(
        long id, AddVariant add, HttpContext context, CancellationToken cancellationToken)
    {
        if (!context.Request.HasFormContentType)
        {
            BodyLimit.Narrow(context);
            var body = await JsonBody.ReadAsync<LanguageBody>(context.Request, cancellationToken);
            var spoken = new SpokenVariantRequest(
                id, body.Language, body.Text, new VoiceChoice(body.Voice, body.Speed, body.Pitch));
            return new BulletinAnswer(await add.FromTextAsync(spoken, context.User.Actor(), null, cancellationToken));
        }

        var form = await MultipartForm.ReadAsync(context.Request, cancellationToken);
        var file = form.Files.GetFile("file") ?? throw new RefusedException(BulletinRefusal.FileMissing);
        await using var content = file.OpenReadStream();
        var request = new VariantRequest(id, form["language"].ToString(), content);
        return new BulletinAnswer(await add.FromUploadAsync(request, context.User.Actor(), null, cancellationToken));
    }

    private static IResult FileOf(long id, string path, string type, string ending) => File.Exists(path)
        ? Results.File(
            path, type, string.Create(CultureInfo.InvariantCulture, $"bulletin-{id}{ending}"), enableRangeProcessing: true)
        : throw new RefusedException(BulletinRefusal.UnknownBulletin, id);

    private static async Task<BulletinDetail> FindAsync(
        long id, BulletinQuery bulletins, MyGrants mine, CancellationToken cancellationToken) =>
        await bulletins.GetAsync(id, await mine.SeenAsync(cancellationToken), cancellationToken)
            ?? throw new RefusedException(BulletinRefusal.UnknownBulletin, id);
}
