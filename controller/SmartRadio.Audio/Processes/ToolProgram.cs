namespace SmartRadio.Audio.Processes;

/// <summary>Finds a program: where the options say, or on the PATH.</summary>
internal static class ToolProgram
{
    /// <exception cref="AudioRefusedException">The program is not there; the reason is <paramref name="missing"/>.</exception>
    public static string Find(string? configuredPath, string name, AudioRefusal missing)
    {
        if (configuredPath is not null)
        {
            return File.Exists(configuredPath)
                ? configuredPath
                : throw new AudioRefusedException(missing, $"{configuredPath} does not exist.");
        }

        return OnPath(name) ?? throw new AudioRefusedException(missing, $"{name} is not on the PATH.");
    }

    public static string? OnPath(string name)
    {
        var fileName = OperatingSystem.IsWindows() ? name + ".exe" : name;
        var folders = Environment.GetEnvironmentVariable("PATH") ?? "";
        return folders.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, fileName))
            .FirstOrDefault(File.Exists);
    }
}
