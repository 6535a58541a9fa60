using SmartRadio.Audio.Files;
using SmartRadio.Audio.Tests.Setting;

namespace SmartRadio.Audio.Tests.Files;

public sealed class NewFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void File_that_is_not_kept_leaves_the_older_one()
    {
        File.WriteAllText(_folder.File("a"), "older");

        using (var file = new NewFile(_folder.File("a")))
        {
            file.Stream.WriteByte(1);
        }

        Assert.Equal(["a"], _folder.Names);
        Assert.Equal("older", File.ReadAllText(_folder.File("a")));
    }

    [Fact]
    public void Two_works_on_one_name_do_not_meet()
    {
        using var first = new NewFile(_folder.File("a"));
        using var second = new NewFile(_folder.File("a"));
        first.Stream.Write("first"u8);
        second.Stream.Write("second"u8);

        second.Keep();
        first.Keep();

        Assert.Equal(["a"], _folder.Names);
        Assert.Equal("first", File.ReadAllText(_folder.File("a")));
    }

    [Fact]
    public void Foreign_files_are_neither_written_nor_deleted()
    {
        File.WriteAllText(_folder.File("a.partial"), "of somebody else");
        File.CreateSymbolicLink(_folder.File("b.partial"), _folder.File("a.partial"));

        using (var kept = new NewFile(_folder.File("a")))
        using (var dropped = new NewFile(_folder.File("b")))
        {
            kept.Stream.WriteByte(1);
            dropped.Stream.WriteByte(1);
            kept.Keep();
        }

        Assert.Equal(["a", "a.partial", "b.partial"], _folder.Names);
        Assert.Equal("of somebody else", File.ReadAllText(_folder.File("b.partial")));
    }

    [Fact]
    public void Older_file_stays_when_it_is_not_to_be_replaced()
    {
        File.WriteAllText(_folder.File("a"), "older");

        using (var file = new NewFile(_folder.File("a")))
        {
            Assert.Throws<IOException>(() => file.Keep(replace: false));
        }

        Assert.Equal(["a"], _folder.Names);
        Assert.Equal("older", File.ReadAllText(_folder.File("a")));
    }

    [Fact]
    public void Private_file_is_its_owners_from_the_first_byte()
    {
        if (OperatingSystem.IsWindows())
        {
            // Modes of files are those of Unix.
            return;
        }

        using var file = new NewFile(_folder.File("a"), isPrivate: true);
        var before = File.GetUnixFileMode(file.PartialPath);

        file.Keep();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, before);
        Assert.Equal(before, File.GetUnixFileMode(_folder.File("a")));
    }
}
