using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.People;

/// <summary>What the names of people look like, as stored.</summary>
internal sealed class PersonLooks : IDerivedColumns
{
    public async Task RenewAsync(RadioDb db, CancellationToken cancellationToken)
    {
        var people = await db.Users
            .Select(person => new { person.Id, person.UserName, person.DisplayName, person.UserNameLook, person.DisplayNameLook })
            .ToListAsync(cancellationToken);
        foreach (var person in people)
        {
            var (account, shown) = (NameLook.Of(person.UserName ?? string.Empty), NameLook.Of(person.DisplayName));
            if ((account, shown) != (person.UserNameLook, person.DisplayNameLook))
            {
                await db.Users.Where(row => row.Id == person.Id).ExecuteUpdateAsync(
                    row => row.SetProperty(each => each.UserNameLook, account).SetProperty(each => each.DisplayNameLook, shown),
                    cancellationToken);
            }
        }
    }
}
