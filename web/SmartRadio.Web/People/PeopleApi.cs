using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartRadio.Controller;
using SmartRadio.Controller.Access;
using SmartRadio.Controller.Access.Accounts;
using SmartRadio.Controller.Access.ApiKeys;
using SmartRadio.Controller.Changes;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Api;

namespace SmartRadio.Web.People;

public sealed record RoleBody(
    Role Role,
    [property: Description("Where, with all areas below; null = everywhere. It must be given.")] long? AreaId);

public sealed record RoleAnswer(
    long Id,
    Role Role,
    [property: Description("Null = everywhere.")] long? AreaId);

public sealed record PersonAnswer(
    string Id,
    string UserName,
    string DisplayName,
    [property: Description("To the minute; null = never.")] DateTimeOffset? LastSignInAt,
    bool Disabled,
    [property: Description("Whether signing in takes the digits of an authenticator app.")] bool SecondFactor,
    [property: Description("End of an invitation link that was not used yet.")] DateTimeOffset? InvitedUntil,
    [property: Description("Those in the areas that the caller administers.")] IReadOnlyList<RoleAnswer> Roles)
{
    internal static PersonAnswer Of(Account account) => new(
        account.Person.Id, account.Person.UserName!, account.Person.DisplayName, account.Person.LastSignInAt, account.IsDisabled,
        account.Person.TwoFactorEnabled, account.InvitedUntil,
        [.. account.Roles.Select(role => new RoleAnswer(role.Id, role.Role, role.AreaId))]);
}

public sealed record PersonKeyAnswer(
    long Id,
    string Name,
    [property: Description("Null = as many as the person holds.")] IReadOnlyList<string>? Roles,
    [property: Description("Null = everywhere.")] long? AreaId,
    DateTimeOffset CreatedAt,
    [property: Description("To the minute; null = never.")] DateTimeOffset? LastUsedAt,
    [property: Description("Null = it does not expire.")] DateTimeOffset? ExpiresAt,
    [property: Description("Null = it is in use.")] DateTimeOffset? RevokedAt)
{
    internal static PersonKeyAnswer Of(ApiKey key) => new(
        key.Id, key.Name, key.Roles?.Split(','), key.AreaId, key.CreatedAt, key.LastUsedAt, key.ExpiresAt, key.RevokedAt);
}

public sealed record InvitationBody(
    [property: Description("To sign in with: letters, digits and \"-._@+\".")] string UserName,
    [property: Description("As shown on screens; one line.")] string DisplayName,
    Role Role,
    [property: Description("Where, with all areas below; null = everywhere. It must be given.")] long? AreaId);

public sealed record InvitationAnswer(
    string PersonId,
    [property: Description("Path of the page on which the person chooses a password, once; the secret stands behind \"#\". Shown only here.")] string Path,
    DateTimeOffset ExpiresAt)
{
    internal static InvitationAnswer Of(NewInvitation made) =>
        new(made.PersonId, InvitePage.AddressFor(made.Token), made.ExpiresAt);
}

public sealed record ResetBody(
    [property: Description(
        "Whether the phone is lost too: the second factor ends. Otherwise it stays, and the next sign-in asks for it.")]
    bool EndSecondFactor = false,
    [property: Description("Whether the person's API keys end too. Otherwise they stay.")]
    bool EndApiKeys = false);

internal static class PeopleApi
{
    public static void MapPeople(this IEndpointRouteBuilder api)
    {
        var people = api.MapGroup("/people").WithTags("people");
        people.MapGet(string.Empty, ListAsync).Needs(Right.Administer)
            .Operation("listPeople", "People and their roles, by user name.").Refuses(403);
        people.MapPost(string.Empty, InviteAsync).Needs(Right.Administer).WithMetadata(new SecretAnswer())
            .Operation("invitePerson", "Adds a person, who chooses a password by a link that works once.")
            .Refuses(400, 403, 404, 422);
        people.MapPost("/{id}/reset", ResetAsync).Needs(Right.Administer).WithMetadata(new SecretAnswer())
            .Operation("resetPerson", "Ends password and sessions, and makes a new link.").Refuses(400, 403, 404, 409);
        people.MapPost("/{id}/disable", DisableAsync).Needs(Right.Administer)
            .Operation("disablePerson", "Keeps a person out at once; sessions and keys end.").Refuses(403, 404, 409);
        people.MapPost("/{id}/enable", EnableAsync).Needs(Right.Administer)
            .Operation("enablePerson", "Lets a person in again who was kept out.").Refuses(403, 404);
        people.MapPost("/{id}/roles", GiveAsync).Needs(Right.Administer).Operation("giveRole", "Gives a person a role.")
            .Refuses(400, 403, 404, 409);
        people.MapDelete("/{id}/roles/{grantId:long}", TakeAsync).Needs(Right.Administer)
            .Operation("takeRole", "Takes a role from a person.").Refuses(403, 404, 409);
        people.MapGet("/{id}/keys", ListKeysAsync).Needs(Right.Administer)
            .Operation("listPersonKeys", "API keys of a person, the newest first, ended ones too.").Refuses(403, 404);
        people.MapDelete("/{id}/keys/{key:long}", EndKeyAsync).Needs(Right.Administer)
            .Operation("endPersonKey", "Ends an API key of a person.").Refuses(403, 404);
    }

    private static async Task<IReadOnlyList<PersonAnswer>> ListAsync(
        [AsParameters] ListPage page, AccountQuery accounts, HttpContext context, CancellationToken cancellationToken)
    {
        var (rows, total) = await accounts.ListAsync(context.User.Actor(), page.After, page.Take, cancellationToken);
        return page.Answer(context, rows, each => each.Person.Id, PersonAnswer.Of, total);
    }

    private static async Task<Created<RoleAnswer>> GiveAsync(
        string id, RoleBody body, GiveRole give, HttpContext context, CancellationToken cancellationToken)
    {
        var grant = await give.HandleAsync(
            new GiveRoleRequest(id, body.Role, body.AreaId), context.User.Actor(), cancellationToken);
        return TypedResults.Created((string?)null, new RoleAnswer(grant.Id, grant.Role, grant.AreaId));
    }

    private static async Task<NoContent> TakeAsync(
        string id, long grantId, TakeRole take, HttpContext context, CancellationToken cancellationToken)
    {
        await take.HandleAsync(id, grantId, context.User.Actor(), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<IReadOnlyList<PersonKeyAnswer>> ListKeysAsync(
        string id, [AsParameters] ListPage page, AccountQuery accounts, ApiKeyQuery keys, HttpContext context,
        CancellationToken cancellationToken)
    {
        var account = await accounts.FindAsync(id, context.User.Actor(), cancellationToken)
            ?? throw new RefusedException(AccessRefusal.UnknownPerson, id);
        if (!account.IsWithin)
        {
            throw new RefusedException(Refusal.NotAllowed);
        }

        var (rows, total) = await keys.ListAsync(id, page.AfterId, page.Take, cancellationToken);
        return page.Answer(context, rows, each => each.Id, PersonKeyAnswer.Of, total);
    }

    private static async Task<NoContent> EndKeyAsync(
        string id, long key, RevokeApiKey revoke, HttpContext context, CancellationToken cancellationToken)
    {
        await revoke.HandleAsync(id, key, context.User.Actor(), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Created<InvitationAnswer>> InviteAsync(
        InvitationBody body, InvitePerson invite, HttpContext context, CancellationToken cancellationToken)
    {
        var request = new InvitePersonRequest(body.UserName, body.DisplayName, body.Role, body.AreaId);
        return TypedResults.Created(
            (string?)null, InvitationAnswer.Of(await invite.HandleAsync(request, context.User.Actor(), cancellationToken)));
    }

    private static async Task<Created<InvitationAnswer>> ResetAsync(
        string id, ResetBody? body, ResetPerson reset, HttpContext context, CancellationToken cancellationToken)
    {
        var request = new ResetPersonRequest(id, body?.EndSecondFactor == true) { EndsApiKeys = body?.EndApiKeys == true };
        return TypedResults.Created(
            (string?)null, InvitationAnswer.Of(await reset.HandleAsync(request, context.User.Actor(), cancellationToken)));
    }

    private static async Task<NoContent> DisableAsync(
        string id, DisablePerson disable, HttpContext context, CancellationToken cancellationToken)
    {
        await disable.HandleAsync(id, context.User.Actor(), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> EnableAsync(
        string id, EnablePerson enable, HttpContext context, CancellationToken cancellationToken)
    {
        await enable.HandleAsync(id, context.User.Actor(), cancellationToken);
        return TypedResults.NoContent();
    }
}
