using System.Net;
using System.Net.Sockets;
using SmartRadio.Web.Errors;
using SmartRadio.Web.Hosting;
using SmartRadio.Web.Tests.Setting;

namespace SmartRadio.Web.Tests.Hosting;

public sealed class StartingTests
{
    [Fact]
    public void Switches_are_configuration_in_either_way_of_writing()
    {
        var settings = CommandLine.Read(
            ["--data", "/tmp/x", "--port=8080", "--mqtt-port", "1884", "--demo", "12", "--bootstrap-key", "key"]);
        Assert.NotNull(settings);
        Assert.Equal("/tmp/x", settings["SmartRadio:Data"]);
        Assert.Equal("8080", settings["SmartRadio:Port"]);
        Assert.Equal("1884", settings["SmartRadio:Mqtt:Port"]);
        Assert.Equal("12", settings["SmartRadio:Demo"]);
        Assert.Equal("key", settings["SmartRadio:BootstrapKey"]);
        Assert.Empty(CommandLine.Read([])!);
        Assert.Null(CommandLine.Read(["--help"]));
    }

    [Fact]
    public void Folder_of_the_data_is_that_of_the_host_unless_somebody_names_another()
    {
        const string host = "ASPNETCORE_SmartRadio__Data";
        Environment.SetEnvironmentVariable(host, "/host");
        try
        {
            Assert.Equal("/host", CommandLine.DataFolder([]));
            Assert.Equal("/flag", CommandLine.DataFolder(["--data", "/flag"]));
        }
        finally
        {
            Environment.SetEnvironmentVariable(host, null);
        }
    }

    [Theory]
    [InlineData("--prot", "80")]
    [InlineData("--port", "65536")]
    [InlineData("--port", "-1")]
    [InlineData("--port", "http")]
    [InlineData("--port")]
    [InlineData("--demo", "0")]
    [InlineData("--data", "")]
    [InlineData("serve")]
    public void A_switch_that_is_not_understood_is_named_in_both_languages(params string[] arguments)
    {
        var failure = Assert.Throws<StartFailure>(() => CommandLine.Read(arguments));
        var sentences = failure.Message.Split(Environment.NewLine);
        Assert.Equal(2, sentences.Length);
        Assert.All(sentences, sentence => Assert.Contains(arguments[0], sentence, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SmartRadio:Port")]
    [InlineData("SmartRadio:Mqtt:Port")]
    public async Task A_port_that_is_taken_is_named(string key)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await using var radio = new RadioHost((key, port));
        var failure = await Assert.ThrowsAsync<StartFailure>(() => radio.InitializeAsync().AsTask());
        Assert.Contains(port, failure.Message, StringComparison.Ordinal);
        Assert.Contains(key, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SmartRadio:Listen", "everywhere")]
    [InlineData("SmartRadio:TimeZone", "Asia/Atlantis")]
    [InlineData("SmartRadio:Demo", "100000")]
    public async Task A_setting_that_cannot_be_is_named(string key, string value)
    {
        await using var radio = new RadioHost((key, value));
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => radio.InitializeAsync().AsTask());
        Assert.Contains(key.Split(':')[1], StartFailure.From(exception)?.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SmartRadio:NowLead", "-00:00:01")]
    [InlineData("SmartRadio:NowLead", "soon")]
    [InlineData("SmartRadio:Tolerance", "13:00:00")]
    [InlineData("SmartRadio:PlanAhead", "00:00:00")]
    [InlineData("SmartRadio:MaxUploadBytes", "0")]
    [InlineData("SmartRadio:EnrolmentCodeLifetime", "00:00:00")]
    [InlineData("SmartRadio:ObjectRate", "0")]
    [InlineData("SmartRadio:NightFrom", "25:00")]
    [InlineData("SmartRadio:RolloutPatience", "00:00:00")]
    [InlineData("SmartRadio:Watch:Ends", "00:00:00")]
    [InlineData("SmartRadio:Watch:Silence", "00:00:00")]
    [InlineData("SmartRadio:Mqtt:Port", "65536")]
    [InlineData("SmartRadio:Mqtt:NodePort", "broker")]
    [InlineData("SmartRadio:Mqtt:TlsAuthority", "/nowhere/ca.pem")]
    [InlineData("SmartRadio:Mqtt:TlsAuthority", "/etc/hostname")]
    public async Task Setting_out_of_its_range_stops_the_start(string key, string value)
    {
        await using var radio = new RadioHost((key, value));

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => radio.InitializeAsync().AsTask());

        var sentence = StartFailure.From(exception)?.Message;
        Assert.Contains(key, sentence, StringComparison.Ordinal);
        Assert.Contains(value, sentence, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(radio.Data, "smartradio.db")));
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_written_is_named()
    {
        var file = Path.GetTempFileName();
        await using var radio = new RadioHost(("SmartRadio:Data", Path.Combine(file, "data")));
        var failure = await Assert.ThrowsAsync<StartFailure>(() => radio.InitializeAsync().AsTask());
        Assert.Contains(file, failure.Message, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public async Task A_second_program_on_the_same_data_is_turned_away()
    {
        await using var first = new RadioHost();
        await first.InitializeAsync();
        await using var second = new RadioHost(("SmartRadio:Data", first.Data));
        var failure = await Assert.ThrowsAsync<StartFailure>(() => second.InitializeAsync().AsTask());
        Assert.Contains(first.Data, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Back_up_of_a_running_program_starts_with_everything()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var client = radio.Program();
        await client.ApprovedBulletinAsync();
        await client.NodeAsync(await client.AreaAsync());
        var file = Path.Combine(radio.Data, "backup.tar.gz");

        await BackupCommand.RunAsync([file, "--data", radio.Data]);

        var folder = Directory.CreateTempSubdirectory("smartradio-restored-").FullName;
        await RestoreCommand.RunAsync([file, "--data", folder]);

        await using (var restored = new RadioHost(("SmartRadio:Data", folder)))
        {
            await restored.InitializeAsync();
            using var same = restored.Stranger();
            same.DefaultRequestHeaders.Authorization = client.DefaultRequestHeaders.Authorization;
            Assert.Equal(1, (await (await same.FetchAsync("/api/v1/nodes")).JsonAsync()).GetArrayLength());
            Assert.Equal(1, (await (await same.FetchAsync("/api/v1/bulletins")).JsonAsync()).GetArrayLength());
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Lost_administrator_is_brought_back_beside_the_running_program()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using var before = await radio.SignedInAsync();

        var made = await CreateAdminCommand.RunAsync([radio.AdminName, "--data", radio.Data]);

        using var browser = radio.Browser();
        await browser.OpenAsync("/sign-in");
        await browser.SendAsync("/sign-in", ("_handler", "sign-in"), ("name", radio.AdminName), ("password", radio.Password));
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, browser.Status);
        await browser.SendAsync("/sign-in", ("_handler", "sign-in"), ("name", radio.AdminName), ("password", made.Password));
        Assert.Equal("/password", browser.Path);
    }

    [Fact]
    public async Task Bringing_back_needs_a_name_and_data()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();

        var nobody = await Assert.ThrowsAsync<StartFailure>(() => CreateAdminCommand.RunAsync(["--data", radio.Data]));
        var badName = await Assert.ThrowsAsync<StartFailure>(
            () => CreateAdminCommand.RunAsync(["quản trị", "--data", radio.Data]));
        var nowhere = await Assert.ThrowsAsync<StartFailure>(
            () => CreateAdminCommand.RunAsync(["admin", "--data", radio.Data + "-none"]));

        Assert.Contains("NAME", nobody.Message, StringComparison.Ordinal);
        Assert.Contains("quản trị", badName.Message, StringComparison.Ordinal);
        Assert.Contains(radio.Data + "-none", nowhere.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(radio.Data + "-none"));
    }

    [Fact]
    public async Task Sounds_without_a_database_stop_the_start_with_a_code_of_its_own()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        using (var client = radio.Program())
        {
            await client.ApprovedBulletinAsync();
        }

        await radio.StopAsync();
        foreach (var file in Directory.EnumerateFiles(radio.Data, "smartradio.db*"))
        {
            File.Delete(file);
        }

        var sounds = Directory.EnumerateFiles(Path.Combine(radio.Data, "bulletins"), "*", SearchOption.AllDirectories).Count();

        var failure = StartFailure.From(await Assert.ThrowsAnyAsync<Exception>(() => radio.InitializeAsync().AsTask()));

        Assert.Equal(ExitCode.Data, failure?.Exit);
        Assert.Contains("./run restore", failure!.Message, StringComparison.Ordinal);
        Assert.Equal(
            sounds, Directory.EnumerateFiles(Path.Combine(radio.Data, "bulletins"), "*", SearchOption.AllDirectories).Count());
        Assert.Empty(Directory.EnumerateFiles(radio.Data, "smartradio.db*"));
    }

    [Fact]
    public async Task Restoring_into_a_folder_with_data_is_refused()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        var file = radio.KeyFile + ".tar.gz";
        await BackupCommand.RunAsync([file, "--data", radio.Data]);

        var full = await Assert.ThrowsAsync<StartFailure>(() => RestoreCommand.RunAsync([file, "--data", radio.Data]));
        var none = await Assert.ThrowsAsync<StartFailure>(
            () => RestoreCommand.RunAsync([file + "x", "--data", radio.Data + "-new"]));

        Assert.Contains(radio.Data, full.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Data, none.Exit);
    }

    [Fact]
    public async Task Keys_and_secrets_are_for_the_owner_alone()
    {
        await using var radio = new RadioHost();
        await radio.InitializeAsync();
        if (OperatingSystem.IsWindows())
        {
            // Modes of files are those of Unix.
            return;
        }

        foreach (var file in Directory.GetFiles(Path.Combine(radio.Data, "keys")).Append(radio.KeyFile))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }
}
