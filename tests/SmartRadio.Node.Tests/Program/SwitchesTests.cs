namespace SmartRadio.Node.Tests.Program;

/// <summary>Values that no switch takes. Each is refused by the real program, at once and in one line.</summary>
public sealed class SwitchesTests : IDisposable
{
    private const string Fleet = "fleet --nodes nodes.json --data data --exit-with-stdin ";

    private readonly string _folder = Directory.CreateTempSubdirectory("smartradio-switches-").FullName;

    public SwitchesTests() => File.WriteAllText(
        Path.Combine(_folder, "nodes.json"),
        """{"broker":{"host":"127.0.0.1","port":1},"nodes":[{"id":"0011223344556677","name":"Loa 1","secret":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="}]}""");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("--update-trial -5", "--update-trial: '-5' is not a whole number from 1 to 86400 (seconds).")]
    [InlineData("--update-trial 0", "--update-trial: '0' is not a whole number from 1 to 86400 (seconds).")]
    [InlineData("--update-trial", "Required argument missing for option: '--update-trial'.")]
    [InlineData("--drift NaN", "--drift: 'NaN' is not a number from -200 to 200 (parts per million).")]
    [InlineData("--flash-delay 1001", "--flash-delay: '1001' is not a whole number from 0 to 1000 (milliseconds).")]
    [InlineData("--signal 1e999", "--signal: '1e999' is not a whole number from -100 to -20 (dBm).")]
    [InlineData("--sag 99999999999999999999", "--sag: '99999999999999999999' is not a whole number from 0 to 80 (dB).")]
    [InlineData("--sag 1 --sag 2", "Option '--sag' expects a single argument but 2 were provided.")]
    [InlineData("--count 1,5", "--count: '1,5' is not a whole number from 1 to 2147483647 (nodes).")]
    [InlineData("--count 2", "--count must be from 1 to 1, the number of nodes in the file.")]
    [InlineData(
        "--storage 3.5MB",
        "--storage: '3.5MB' is no size of a storage such as 3MB: a whole number from 1 to 100000 and KB, MB or GB.")]
    [InlineData("--stall 3@30", "--stall: '3@30' is no standstill such as 3s@30: 1 to 60 seconds, in each so many more.")]
    [InlineData("--stall 30s@3", "--stall: '30s@3' is no standstill such as 3s@30: 1 to 60 seconds, in each so many more.")]
    [InlineData("--handshake 61s", "--handshake: '61' is not a whole number from 0 to 60 (seconds).")]
    [InlineData("--record maybe", "--record: 'maybe' is neither true nor false.")]
    [InlineData("--broker a:b:1", "--broker: 'a:b:1' is no broker address such as 127.0.0.1:1883.")]
    [InlineData("--profile EMPTY", "--profile: it must not be empty.")]
    [InlineData("--profile /dev/zero", "/dev/zero is empty.")]
    [InlineData("--fault unplug:5@1", "There is no node 5 for unplug to befall: there is one.")]
    [InlineData(
        "--fault plug:1@-1",
        "'plug:1@-1' is no fault such as unplug:3@30, at most a week ahead. There are unplug, plug, cut, mend, wet, open, dry, stop, steal.")]
    public async Task Switches_refuse_what_they_cannot_take(string switches, string expected)
    {
        var (code, problems) = await RunAsync(Fleet + switches);

        Assert.Equal((2, expected), (code, problems.TrimEnd()));
        Assert.False(Directory.Exists(Path.Combine(_folder, "data")));
    }

    [Theory]
    [InlineData("fleet --nodes EMPTY --data data", "--nodes: it must not be empty.")]
    [InlineData("fleet --nodes nodes.json --data EMPTY", "--data: it must not be empty.")]
    [InlineData("fleet --nodes nodes.json --data /dev/null/x", "Nothing can be kept in the folder /dev/null/x: ")]
    [InlineData("run --data EMPTY", "--data: it must not be empty.")]
    [InlineData(
        "run --data /dev/null/x",
        "There is no node in /dev/null/x: /dev/null/x/node.json is missing. Enrol one with smartradio-node enrol --data /dev/null/x.")]
    [InlineData("enrol --url https://127.0.0.1:1 --code 222222222222 --data EMPTY", "--data: it must not be empty.")]
    [InlineData(
        "enrol --url https://127.0.0.1:1 --code 222222222222 --data /dev/null/x",
        "Nothing can be kept in the folder /dev/null/x: ")]
    [InlineData(
        "enrol --url https://127.0.0.1:1 --code 222222222222 --data nodes.json",
        "Nothing can be kept in the folder nodes.json: ")]
    [InlineData("enrol --url EMPTY --code 222222222222 --data data", "--url: it must not be empty.")]
    public async Task Switches_refuse_folders_and_files_that_are_none(string arguments, string expected)
    {
        var (code, problems) = await RunAsync(arguments);

        Assert.Equal(2, code);
        Assert.StartsWith(
            expected, Assert.Single(problems.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private async Task<(int Code, string Problems)> RunAsync(string arguments)
    {
        await using var program = NodeProgram.Start(
            _folder, [.. arguments.Split(' ').Select(word => word == "EMPTY" ? "" : word)]);
        program.CloseInput();
        return await program.EndAsync();
    }
}
