using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Tests.Storage;

public sealed class DataRightsTests
{
    private const UnixFileMode All = (UnixFileMode)511;

    [Fact]
    public void Others_lose_their_rights_to_the_data()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var folder = Make("smartradio.db", "smartradio.db-wal", "objects/a", "bulletins/1/master.wav");

        DataRights.Tighten(folder);

        Assert.Equal((UnixFileMode)448, File.GetUnixFileMode(folder));
        foreach (var path in Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories))
        {
            Assert.Equal(Directory.Exists(path) ? (UnixFileMode)448 : (UnixFileMode)384, File.GetUnixFileMode(path));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Folder_that_holds_other_things_keeps_them()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var folder = Make("smartradio.db", "run", "docs/page");

        DataRights.Tighten(folder);

        Assert.Equal(All, File.GetUnixFileMode(folder));
        Assert.Equal(All, File.GetUnixFileMode(Path.Combine(folder, "run")));
        Assert.Equal(All, File.GetUnixFileMode(Path.Combine(folder, "docs", "page")));
        Assert.Equal((UnixFileMode)384, File.GetUnixFileMode(Path.Combine(folder, "smartradio.db")));
        Directory.Delete(folder, recursive: true);
    }

    private static string Make(params string[] files)
    {
        var folder = Directory.CreateTempSubdirectory("smartradio-test-").FullName;
        foreach (var path in files.Select(file => Path.Combine(folder, file)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "x");
        }

        foreach (var path in Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Append(folder))
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, All);
            }
        }

        return folder;
    }
}
