using SmartRadio.Controller.Storage;
using SmartRadio.Web.Errors;
using SmartRadio.Web.Hosting;

try
{
    if (args is [BackupCommand.Name, ..])
    {
        await BackupCommand.RunAsync(args[1..]);
        return 0;
    }

    if (args is [RestoreCommand.Name, ..])
    {
        await RestoreCommand.RunAsync(args[1..]);
        return 0;
    }

    if (args is [CreateAdminCommand.Name, ..])
    {
        await CreateAdminCommand.RunAsync(args[1..]);
        return 0;
    }

    var settings = CommandLine.Read(args);
    if (settings is null)
    {
        Console.WriteLine(CommandLine.Help);
        return 0;
    }

    await using var radio = RadioProgram.Build(settings);
    // The framework spools what is uploaded here. It asks once, so this is for the process and not for one of its hosts.
    Environment.SetEnvironmentVariable("ASPNETCORE_TEMP", radio.Services.GetRequiredService<DataFolder>().Incoming);
    await radio.PrepareAsync();
    await radio.RunAsync();
    return 0;
}
catch (Exception exception) when (StartFailure.From(exception) is { } failure)
{
    await Console.Error.WriteLineAsync(failure.Message);
    return (int)failure.Exit;
}
