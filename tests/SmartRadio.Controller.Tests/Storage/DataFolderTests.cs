using Microsoft.Extensions.Options;
using SmartRadio.Controller.Storage;

namespace SmartRadio.Controller.Tests.Storage;

public sealed class DataFolderTests
{
    [Fact]
    public void Nobody_but_its_owner_may_enter_the_data_folder_or_the_keys()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var parent = Directory.CreateTempSubdirectory("smartradio-test-").FullName;
        try
        {
            var folder = new DataFolder(Options.Create(new RadioOptions { Data = Path.Combine(parent, "data") }));

            const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            Assert.Equal(owner, File.GetUnixFileMode(folder.Root));
            Assert.Equal(owner, File.GetUnixFileMode(folder.Keys));
        }
        finally
        {
            Directory.Delete(parent, recursive: true);
        }
    }
}
