namespace SmartRadio.Audio.Tests.Setting;

/// <summary>A folder of one test, gone after it.</summary>
public sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("audio-test-");

    public string File(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Makes a program of the shell's.</summary>
    /// <returns>Its path.</returns>
    public string Program(string name, string script)
    {
        var path = File(name);
        System.IO.File.WriteAllText(path, $"#!/bin/bash\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return path;
    }

    /// <summary>The names of all that lies in it.</summary>
    public string[] Names => [.. _folder.EnumerateFiles().Select(file => file.Name).Order()];

    public void Dispose() => _folder.Delete(recursive: true);
}
