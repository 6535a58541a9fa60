using Microsoft.AspNetCore.Authorization;
using SmartRadio.Controller.Changes;
using SmartRadio.Web.Errors;
using SmartRadio.Web.Shared.Repeats;

namespace SmartRadio.Web.Shared.Api;

/// <summary>On an operation whose answer holds a secret: such an answer is never kept.</summary>
internal sealed record SecretAnswer;

/// <summary>The header Idempotency-Key: a repeated request is not carried out again, and is answered as the first was.</summary>
internal static class IdempotencyKeys
{
    public const string Header = "Idempotency-Key";

    public const int Longest = 128;

    public static void UseIdempotencyKeys(this WebApplication app) => app.Use(static (context, next) =>
        Applies(context) ? OnceAsync(context, next) : next(context));

    private static bool Applies(HttpContext context) =>
        ErrorHandling.IsApi(context) && !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method)
        && context.Request.Headers.ContainsKey(Header) && !AlwaysCarriedOut.Is(context)
        && context.GetEndpoint() is { } operation && operation.Metadata.GetMetadata<IAllowAnonymous>() is null
        && context.User.Identity?.IsAuthenticated == true;

    private static async Task OnceAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Headers[Header] is not [{ Length: > 0 and <= Longest } key]
            || key.Any(letter => letter is < '!' or > '~'))
        {
            await Problems.WriteAsync(context, StatusCodes.Status400BadRequest, "IdempotencyKey");
            return;
        }

        // Two API keys of one person may differ in what they may do: neither sees the other's answers.
        var actor = context.SetRequestKey(FormattableString.Invariant($"api {context.User.Actor().KeyId} {key}"));
        var repeated = context.RequestServices.GetRequiredService<RepeatedRequests>();
        var cancellationToken = context.RequestAborted;
        using var turn = await context.RequestServices.GetRequiredService<RequestsAtWork>()
            .EnterAsync(actor.PersonId!, actor.RequestKey!, cancellationToken);
        var fingerprint = await RequestFingerprint.OfAsync(context.Request, cancellationToken);
        var first = await repeated.AnswerAsync(actor, cancellationToken);
        if (first is not null && !fingerprint.AsSpan().SequenceEqual(first.Fingerprint))
        {
            await Problems.WriteAsync(context, StatusCodes.Status422UnprocessableEntity, "IdempotencyKeyReused");
        }
        else if (first is { Body: { } body })
        {
            await RepeatAsync(context, first, body);
        }
        else if (await repeated.SubjectAsync(actor, cancellationToken) is { } subject)
        {
            throw new AlreadyAppliedException(subject);
        }
        else
        {
            await FirstAsync(context, actor, fingerprint, next);
        }
    }

    private static async Task RepeatAsync(HttpContext context, AnsweredRequest first, byte[] body)
    {
        var response = context.Response;
        (response.StatusCode, response.ContentType) = (first.Status, first.ContentType);
        if (first.Location is not null)
        {
            response.Headers.Location = first.Location;
        }

        if (body.Length > 0)
        {
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    private static async Task FirstAsync(HttpContext context, Actor actor, byte[] fingerprint, RequestDelegate next)
    {
        var response = context.Response;
        var wire = response.Body;
        using var copy = new MemoryStream();
        response.Body = copy;
        try
        {
            await next(context);
        }
        finally
        {
            response.Body = wire;
        }

        var body = copy.ToArray();
        if (response.StatusCode is >= 200 and < 300)
        {
            var secret = context.GetEndpoint()?.Metadata.GetMetadata<SecretAnswer>() is not null;
            // It is done: the answer is kept though the caller may have gone.
            await context.RequestServices.GetRequiredService<RepeatedRequests>().KeepAsync(
                new AnsweredRequest
                {
                    PersonId = actor.PersonId!,
                    Key = actor.RequestKey!,
                    Fingerprint = fingerprint,
                    Status = response.StatusCode,
                    ContentType = response.ContentType,
                    Location = response.Headers.Location,
                    Body = secret || body.Length > AnsweredRequest.MostBytes ? null : body,
                },
                CancellationToken.None);
        }

        if (body.Length > 0)
        {
            await wire.WriteAsync(body, context.RequestAborted);
        }
    }
}
