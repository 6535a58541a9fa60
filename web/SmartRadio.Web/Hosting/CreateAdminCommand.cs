using Microsoft.EntityFrameworkCore;
using SmartRadio.Controller;
using SmartRadio.Controller.Access.Accounts;
using SmartRadio.Controller.People;
using SmartRadio.Controller.Storage;
using SmartRadio.Web.Errors;
using SmartRadio.Web.SignIn;

namespace SmartRadio.Web.Hosting;

/// <summary>create-admin NAME [--data DIR]: brings back a lost administrator, beside the running program.</summary>
internal static class CreateAdminCommand
{
    public const string Name = "create-admin";

    /// <exception cref="StartFailure">It was not done; the sentence says why.</exception>
    public static async Task<GeneratedPassword> RunAsync(string[] arguments)
    {
        if (arguments is not [var user, .. var rest] || user.StartsWith('-'))
        {
            throw StartFailure.BadValue(Name, "NAME");
        }

        var data = Path.GetFullPath(CommandLine.DataFolder(rest));
        if (!File.Exists(Path.Combine(data, DataFolder.DatabaseName)))
        {
            throw StartFailure.NoData(data);
        }

        await using var services = Services(data);
        await using (var db = await services.GetRequiredService<IDbContextFactory<RadioDb>>().CreateDbContextAsync())
        {
            // The running program may be an older one: its database is its own.
            if ((await db.Database.GetPendingMigrationsAsync()).Any())
            {
                throw StartFailure.OldData(data);
            }
        }

        try
        {
            var made = await services.GetRequiredService<RecoverAdministrator>().HandleAsync(user, CancellationToken.None);
            Console.WriteLine(string.Join(Environment.NewLine, Greeting.Show(made)));
            return made;
        }
        catch (RefusedException refused) when (refused.Refusal == PersonRefusal.NameLooksTaken)
        {
            throw StartFailure.NameLooksTaken(user, (string)refused.Values[1]);
        }
        catch (RefusedException)
        {
            throw StartFailure.BadUserName(user);
        }
    }

    private static ServiceProvider Services(string data)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("SmartRadio:Data", data)])
            .Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddRadioController(configuration);
        services.AddKeptKeys();
        return services.BuildServiceProvider();
    }
}
