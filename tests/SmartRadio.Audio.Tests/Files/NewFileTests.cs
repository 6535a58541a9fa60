using SmartRadio.Audio.Files;
using SmartRadio.Audio.Tests.Setting;

namespace SmartRadio.Audio.Tests.Files;

public sealed class NewFileTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void File_that_is_not_kept_leaves_the_older_one()
    {
        File.WriteAllText(folder.File("a"), "older");

        using (var file = new NewFile(folder.File("a")))
        {
            file.Stream.WriteByte(1);
        }

        Assert.Equal(["a"], folder.Names);
        Assert.Equal("older", File.ReadAllText(folder.File("a")));
    }

    [Fact]
    public void Two_works_on_one_name_do_not_meet()
    {
        using var first = new NewFile(folder.File("a"));
        using var second = new NewFile(folder.File("a"));
        first.Stream.Write("first"u8);
        second.Stream.Write("second"u8);

        second.Keep();
        first.Keep();

        Assert.Equal(["a"], folder.Names);
        Assert.Equal("first", File.ReadAllText(folder.File("a")));
    }

    [Fact]
    public void Foreign_files_are_neither_written_nor_deleted()
    {
        File.WriteAllText(folder.File("a.partial"), "of somebody else");
        File.CreateSymbolicLink(folder.File("b.partial"), folder.File("a.partial"));

        using (var kept = new NewFile(folder.File("a")))
        using (var dropped = new NewFile(folder.File("b")))
        {
            kept.Stream.WriteByte(1);
            dropped.Stream.WriteByte(1);
            kept.Keep();
        }

        Assert.Equal(["a", "a.partial", "b.partial"], folder.Names);
        Assert.Equal("of somebody else", File.ReadAllText(folder.File("b.partial")));
    }

    [Fact]
    public void Older_file_stays_when_it_is_not_to_be_replaced()
    {
        File.WriteAllText(folder.File("a"), "older");

        using (var file = new NewFile(folder.File("a")))
        {
            Assert.Throws<IOException>(() => file.Keep(replace: false));
        }

        Assert.Equal(["a"], folder.Names);
        Assert.Equal("older", File.ReadAllText(folder.File("a")));
    }

    [Fact]
    public void Private_file_is_its_owners_from_the_first_byte()
    {
        if (OperatingSystem.IsWindows())
        {
            // Modes of files are those of Unix.
            return;
        }

        using var file = new NewFile(folder.File("a"), isPrivate: true);
        var before = File.GetUnixFileMode(file.PartialPath);

        file.Keep();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, before);
        Assert.Equal(before, File.GetUnixFileMode(folder.File("a")));
    }
}
