using SmartRadio.Controller.Changes;
using SmartRadio.Controller.People;

namespace SmartRadio.Controller.Access;

/// <summary>The first person of an installation holds every role everywhere: there is nobody else yet who could do anything.</summary>
internal sealed class FirstPersonRoles : ITakePartIn<FirstPersonAdded>
{
    public Task TakePartAsync(Change change, FirstPersonAdded happening, CancellationToken cancel)
    {
        change.Db.Roles.AddRange(Enum.GetValues<Role>().Select(role => new RoleGrant { PersonId = happening.PersonId, Role = role }));
        return change.Db.SaveChangesAsync(cancel);
    }
}
