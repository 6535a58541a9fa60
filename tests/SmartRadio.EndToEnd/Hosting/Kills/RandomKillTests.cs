using System.Globalization;
using System.Net.Http.Headers;
using SmartRadio.EndToEnd.Surroundings;
using SmartRadio.Testing.Clock;
using SmartRadio.Testing.Processes;

namespace SmartRadio.EndToEnd.Hosting.Kills;

/// <summary>
/// Four officials do all that the API can do, at once, until a kill at a random moment; then the program starts again. What was
/// acknowledged is there, once. What was open is sent again under its key, and is there once too. In the end a restored
/// back-up shows the same.
/// </summary>
/// <remarks>
/// <c>SMARTRADIO_KILL_ROUNDS</c> (3 without it) and <c>SMARTRADIO_KILL_SEED</c> make it longer and other.
/// </remarks>
public sealed class RandomKillTests(ITestOutputHelper output)
{
    private const int Officials = 4;

    /// <summary>The longest life of a program before its kill, in milliseconds.</summary>
    private const int LongestLife = 1500;

    [Fact]
    public async Task Acknowledged_change_survives_every_kill_once()
    {
        var rounds = Setting("SMARTRADIO_KILL_ROUNDS", 3);
        var seed = Setting("SMARTRADIO_KILL_SEED", 15);
        var random = new Random(seed);
        // All officials use one key, and each may send a sound.
        await using var radio = await RadioProcess.StartedAsync(demo: 0, ("Limits__PersonSounds", $"{Officials}"));
        var sound = await File.ReadAllBytesAsync(
            await Speech.MakeAsync(Speech.Announcement, radio.FileOf("speech.wav"), seconds: 2));
        var ledger = new Ledger();
        var officials = Enumerable.Range(0, Officials)
            .Select(number => new Official(ledger, $"{(char)('A' + number)}.", sound, seed + number)).ToList();
        for (var round = 1; round <= rounds; round++)
        {
            using var client = Client(radio);
            var work = officials.ConvertAll(official => official.WorkAsync(client));
            await Poll.UntilAsync(DateTimeOffset.UtcNow.AddMilliseconds(random.Next(LongestLife)));
            await radio.Process.KillAsync(children: true);
            await Task.WhenAll(work);
            var open = officials.Count(official => official.Open is not null);

            await radio.StartAsync();
            using var after = Client(radio);
            foreach (var official in officials)
            {
                await official.FinishAsync(after);
            }

            Assert.Empty(await ledger.DifferencesAsync(after));
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"round {round}: {ledger.Count} acknowledged, {open} were open"));
        }

        output.WriteLine(string.Join(", ", ledger.Kinds));
        await RestoreAsync(radio);
        using var restored = Client(radio);
        Assert.Empty(await ledger.DifferencesAsync(restored));
        Assert.True(rounds < 20 || ledger.KindCount == 21, $"Only {ledger.KindCount} kinds of act were acknowledged.");
    }

    /// <summary>Backs it up while it runs, loses its data folder, and starts it on the restored one.</summary>
    private static async Task RestoreAsync(RadioProcess radio)
    {
        var file = radio.FileOf("backup.tar.gz");
        await ChildProcess.RunAsync(Built.WebProgram, "backup", file, "--data", radio.Data);
        await radio.Process.KillAsync(children: true);
        Directory.Delete(radio.Data, recursive: true);
        await ChildProcess.RunAsync(Built.WebProgram, "restore", file, "--data", radio.Data);
        await radio.StartAsync();
    }

    private static HttpClient Client(RadioProcess radio)
    {
        var client = new HttpClient { BaseAddress = new Uri($"{radio.Address}/api/v1/") };
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", File.ReadAllText(radio.KeyFile).Trim());
        return client;
    }

    private static int Setting(string name, int usual) =>
        Environment.GetEnvironmentVariable(name) is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : usual;
}
