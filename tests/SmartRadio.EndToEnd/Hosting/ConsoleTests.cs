using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SmartRadio.EndToEnd.Surroundings;
using SmartRadio.Testing.Clock;
using SmartRadio.Testing.Processes;

namespace SmartRadio.EndToEnd.Hosting;

/// <summary>What a person sees at the console.</summary>
public sealed class ConsoleTests(ITestOutputHelper output)
{
    [Fact]
    public async Task First_start_gives_out_password_and_key_and_later_ones_do_not()
    {
        await using var radio = new RadioProcess();
        await radio.StartAsync();
        var (name, password) = await radio.FirstAdministratorAsync();
        Assert.NotEmpty(name);
        Assert.True(password.Length >= 12, password);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(radio.KeyFile));
        Assert.Empty(await radio.Api.NodesAsync());
        var key = await File.ReadAllTextAsync(radio.KeyFile);
        await StopAsync(radio);

        await radio.StartAsync();
        await Poll.UntilAsync("the greeting is printed", () => radio.Printed("is ready:") is not null);
        Assert.Null(radio.Printed("password:"));
        Assert.Equal(key, await File.ReadAllTextAsync(radio.KeyFile));
        Assert.Empty(await radio.Api.NodesAsync());
    }

    [Fact]
    public async Task Control_C_stops_program_and_nodes_in_time_even_on_air()
    {
        await using var radio = await RadioProcess.StartedAsync(demo: 2);
        var nodes = await radio.Api.NodesAsync();
        var bulletin = await radio.Api.ApprovedAsync(
            await Speech.MakeAsync(Speech.Announcement, radio.FileOf("speech.mp3"), seconds: 30));
        await radio.Api.AirAsync(bulletin.Id, "normal", nodes);
        await Poll.UntilAsync("it is on air", () => nodes.All(node => radio.Recording(node.Id).Samples.Length > 0));

        await StopAsync(radio);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Port_that_is_taken_is_named_in_one_sentence(bool web)
    {
        await using var radio = new RadioProcess();
        using var other = new TcpListener(IPAddress.Loopback, web ? radio.Port : radio.MqttPort);
        other.Start();

        await CheckRefusedAsync(radio.Launch(), ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Second_program_on_the_same_data_is_refused_and_the_first_goes_on()
    {
        await using var radio = new RadioProcess();
        await radio.StartAsync();

        await using var second = ChildProcess.Start(Built.WebProgram, ["--data", radio.Data, "--port", "0", "--mqtt-port", "0"]);

        await CheckRefusedAsync(second, radio.Data);
        Assert.True(await radio.ReadyAsync());
    }

    [Fact]
    public async Task Unknown_switch_is_named_in_one_sentence()
    {
        await using var program = ChildProcess.Start(Built.WebProgram, ["--prot", "80"]);

        await CheckRefusedAsync(program, "--prot");
    }

    private static async Task CheckRefusedAsync(ChildProcess program, string named)
    {
        Assert.NotEqual(0, await program.ExitAsync());
        // Vietnamese, English; no stack trace.
        var sentences = program.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, sentences.Length);
        Assert.All(sentences, sentence => Assert.Contains(named, sentence, StringComparison.Ordinal));
    }

    private async Task StopAsync(RadioProcess radio)
    {
        var children = radio.Process.Children();
        var since = Stopwatch.GetTimestamp();
        await radio.Process.InterruptAsync();
        Assert.Equal(0, await radio.Process.ExitAsync(TimeSpan.FromSeconds(5)));
        output.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"Stopped in {Stopwatch.GetElapsedTime(since).TotalSeconds:F2} s"));
        Assert.DoesNotContain(children, ProcessTable.IsRunning);
        Assert.Empty(radio.Process.Errors);
    }
}
