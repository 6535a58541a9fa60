using SmartRadio.Node.Tests.Bench;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests.Link;

/// <summary>Whatever comes on any topic the node listens to, it goes on, and plays what is planned and nothing else.</summary>
public class BadMessageTests
{
    private readonly Station _station = new Station().Boot().Connect().RunFor(5000);
    private readonly BenchSound _sound;
    private readonly long _start;

    public BadMessageTests()
    {
        _sound = _station.Serve(8000);
        _station.ChunkArrives = _ => false;
        _start = _station.World.Now + 60_000;
        _station.Plan(Entry(1, _sound, _start)).RunFor(1000);
    }

    public static TheoryData<int> Lengths { get; } = [0, 1, 7, 37, 38, 53, 54, 55, 4095, 4096, 4097, 16_384, 1_000_000];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Noise_changes_nothing(int length) => Survives(topic =>
    {
        var noise = new byte[length];
        new Random(topic.Length + length).NextBytes(noise);
        return noise;
    });

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Zeros_change_nothing(int length) => Survives(_ => new byte[length]);

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Noise_behind_the_right_version_changes_nothing(int length) => Survives(topic =>
    {
        var noise = new byte[length];
        new Random(topic.Length + length).NextBytes(noise);
        noise.AsSpan(0, Math.Min(1, length)).Fill(WireSizes.Version);
        return noise;
    });

    [Fact]
    public void True_messages_cut_at_any_byte_or_with_a_tail_change_nothing()
    {
        var command = _station.Seal(CommandType.Chime, new ChimeCommand { Volume = 100 }.Write());
        var chunk = _sound.Chunk(0);
        for (var length = 0; length < command.Length; length++)
        {
            _station.Deliver(command[..length]);
        }

        for (var length = 0; length < chunk.Length; length++)
        {
            _station.Node.Received(_sound.Topic, chunk[..length]);
        }

        _station.Deliver([.. command, 0]).Node.Received(_sound.Topic, [.. chunk, 0]);
        Plays();
    }

    [Fact]
    public void Bodies_that_are_no_command_are_rejected_under_a_right_MAC_too()
    {
        foreach (var type in Enumerable.Range(0, 256).Where(type => type is not ((int)CommandType.Stop or (int)CommandType.Plan)))
        {
            foreach (var length in new[] { 0, 1, 2, 33, Envelope.MaxBody })
            {
                _station.Deliver(_station.Seal((CommandType)type, [.. Enumerable.Repeat((byte)0xfe, length)])).RunFor(1);
            }
        }

        Plays();
    }

    [Fact]
    public void Messages_on_topics_nobody_asked_for_change_nothing()
    {
        foreach (var topic in new[] { "", "x", "sr/1/", Topics.OwnObjects("0011223344556677"), Topics.Object(new string('0', 32)),
            new string('/', 60_000) })
        {
            _station.Node.Received(topic, [1, 2, 3]);
        }

        Plays();
    }

    private void Survives(Func<string, byte[]> payload)
    {
        var own = Hex.Encode([0, 17, 34, 51, 68, 85, 102, 119]);
        foreach (var topic in new[] { _station.CommandTopic, _sound.Topic, Topics.OwnObject(own, Hex.Encode(_sound.Id)),
            Topics.OwnObject(own, ""), Topics.Here(own) })
        {
            _station.Node.Received(topic, payload(topic));
            _station.RunFor(10);
        }

        Plays();
    }

    private void Plays()
    {
        _station.ChunkArrives = _ => true;
        _station.RunTo(_start + 5000);
        Assert.Equal(_sound.Samples, Assert.Single(_station.Output.Heard).Samples);
        Assert.Equal((ReceiptStep.Finished, ReceiptReason.None), _station.StepsOf(1).Last());
    }
}
