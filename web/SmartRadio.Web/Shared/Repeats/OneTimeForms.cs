using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Localization;
using SmartRadio.Controller.Changes;
using SmartRadio.Controller.Storage;
using SmartRadio.Web.Text;

namespace SmartRadio.Web.Shared.Repeats;

/// <summary>
/// A form takes effect once: a second tap, a reload or Back shows what became of the first. The token is made anew with each
/// rendering; together with the address and the form's name it is the request's key, for the buttons of a page share one token.
/// </summary>
internal static class OneTimeForms
{
    public const string Field = "once";

    private const int TokenBytes = 12;
    private const int LongestToken = 64;

    public static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));

    public static void UseOneTimeForms(this WebApplication app) => app.Use(static async (context, next) =>
    {
        if (!IsPersons(context))
        {
            await next(context);
        }
        else if (await FormPosts.ReadAsync(context) is { } form)
        {
            await (KeyOf(context.Request, form) is { } key
                ? OnceAsync(context, context.SetRequestKey(key), next)
                : next(context));
        }
    });

    private static bool IsPersons(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method) && context.Request.HasFormContentType
            && context.User.Identity?.IsAuthenticated == true
            && context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: true } && !AlwaysCarriedOut.Is(context);

    private static string? KeyOf(HttpRequest request, IFormCollection form) =>
        form[Field] is [{ Length: > 0 and <= LongestToken } token]
            ? $"form {token} {Digest($"{request.Path.ToUriComponent()} {form["_handler"]}")}"
            : null;

    // The key is kept for a day, and whoever sends the form chooses the length of its name.
    private static string Digest(string text) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static async Task OnceAsync(HttpContext context, Actor actor, RequestDelegate next)
    {
        var services = context.RequestServices;
        var cancellationToken = context.RequestAborted;
        using var turn = await services.GetRequiredService<RequestsAtWork>()
            .EnterAsync(actor.PersonId!, actor.RequestKey!, cancellationToken);
        if (await FirstAsync(services.GetRequiredService<RepeatedRequests>(), actor, cancellationToken) is { } subject)
        {
            ShowFirst(context, subject);
            return;
        }

        try
        {
            await next(context);
        }
        catch (AlreadyAppliedException applied) when (!context.Response.HasStarted)
        {
            ShowFirst(context, applied.Subject);
        }
    }

    private static async Task<string?> FirstAsync(RepeatedRequests repeated, Actor actor, CancellationToken cancellationToken)
    {
        try
        {
            return await repeated.SubjectAsync(actor, cancellationToken);
        }
        catch (Exception error) when (StorageBusy.Is(error))
        {
            // The door asks again; the form itself says that the database is busy and keeps what was typed.
            return null;
        }
    }

    private static void ShowFirst(HttpContext context, string subject)
    {
        var words = context.RequestServices.GetRequiredService<IStringLocalizer<ScreenText>>();
        context.RequestServices.GetRequiredService<FlashMessage>().Set(context, new Message(true, words["Done.Already"]));
        KeptText.Drop(context);
        var metadata = context.GetEndpoint()?.Metadata;
        var leadsOn = metadata?.GetMetadata<ButtonMetadata>() is null || metadata.GetMetadata<LeadsToSubject>() is not null;
        context.Response.Redirect(leadsOn
            ? SubjectAddress.Of(subject, context.Request.Path, context.Request.Form["_handler"])
            : LocalPath.Referring(context.Request));
    }
}
