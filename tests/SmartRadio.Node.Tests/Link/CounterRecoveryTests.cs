using SmartRadio.Node.Tests.Bench;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests.Link;

/// <summary>
/// Both generations of what must never go back are gone: the controller says where the node stood, and nothing old gets in.
/// </summary>
public class CounterRecoveryTests
{
    private readonly Station _station = new Station().Boot().Connect().RunFor(5000);
    private readonly BenchSound _sound;

    public CounterRecoveryTests() => _sound = _station.Serve(8000);

    [Fact]
    public void Node_is_heard_again_and_sends_nothing_that_would_be_rejected()
    {
        Reboot(3);
        var last = _station.UpCounter;

        Lose("counters").Boot().Connect().RunFor(10_000);

        Assert.Equal(0, _station.Replays);
        Assert.True(_station.UpCounter >> 32 > last >> 32);
        Assert.NotEmpty(_station.Hellos);
        _station.Plan(Entry(1, _sound, _station.World.Now + 20_000)).RunFor(30_000);
        Assert.Equal(_sound.Samples, Assert.Single(_station.Output.Heard).Samples);
        Assert.Equal((ReceiptStep.Finished, ReceiptReason.None), _station.StepsOf(1).Last());
    }

    /// <summary>As when a thief of the secret spoke first, or an older copy of the storage was put back.</summary>
    [Fact]
    public void Node_behind_what_the_controller_heard_asks_and_is_heard_again()
    {
        _station.UpCounter = 1L << 60;
        _station.RunFor(100_000);
        Assert.True(_station.Replays > 0);

        _station.RunFor(120_000);

        var replays = _station.Replays;
        var beats = _station.Beats.Count;
        _station.Plan(Entry(1, _sound, _station.World.Now + 20_000)).RunFor(100_000);
        Assert.Equal(replays, _station.Replays);
        Assert.True(_station.Beats.Count > beats);
        Assert.Equal((ReceiptStep.Finished, ReceiptReason.None), _station.StepsOf(1).Last());
    }

    [Fact]
    public void Node_with_only_a_silent_controller_begins_nothing_anew()
    {
        var counter = _station.UpCounter >> 32;
        var hellos = _station.Hellos.Count;
        _station.AnswersClock = false;
        _station.RunFor(600_000);
        _station.AnswersClock = true;

        _station.RunFor(60_000);

        Assert.Contains(_station.Up, envelope => envelope.Type == (byte)UpType.ResumeRequest);
        Assert.Equal(counter, _station.UpCounter >> 32);
        Assert.Equal(hellos, _station.Hellos.Count);
    }

    [Fact]
    public void Node_lets_no_command_in_that_was_given_before()
    {
        var chime = Chime(lifetime: 3_600_000);
        _station.Deliver(chime).RunFor(5000);
        var unheard = Chime(lifetime: 3_600_000);

        Lose("counters").Boot().Connect();
        _station.Deliver(chime).Deliver(unheard).RunFor(10_000);
        _station.Deliver(chime).Deliver(unheard).RunFor(10_000);

        Assert.Empty(_station.Output.Heard);
        _station.Deliver(Chime(60_000)).RunFor(5000);
        Assert.Single(_station.Output.Heard);
    }

    [Fact]
    public void Node_obeys_a_stop_all_the_same_while_nobody_answers()
    {
        _station.Plan(Entry(1, _station.Serve(80_000), _station.World.Now + 20_000)).RunFor(10_000);
        _station.Resumes = false;
        Lose("counters").Boot().Connect().RunFor(13_000);
        Assert.Single(_station.Output.Heard);

        _station.Send(CommandType.Stop, new StopCommand().Write()).RunFor(1000);

        Assert.True(_station.Output.Heard[0].Samples.Count < 40_000);
        Assert.DoesNotContain(_station.Link.Sent, message => message.Topic.EndsWith("/here", StringComparison.Ordinal));
    }

    [Fact]
    public void Node_asks_less_and_less_often_until_it_is_answered()
    {
        _station.Resumes = false;
        Lose("counters").Boot().Connect().RunFor(600_000);
        var asked = Asked();
        Assert.InRange(asked.Count, 10, 30);
        Assert.Single(asked.Distinct());

        _station.Disconnect().Connect().RunFor(5000);
        _station.LosePower().Boot().Connect().RunFor(5000);
        Assert.Equal(3, Asked().Distinct().Count());
        _station.Resumes = true;
        _station.RunFor(60_000);

        Assert.NotEmpty(_station.Hellos.Skip(1));
        Assert.Equal(0, _station.Replays);
    }

    [Fact]
    public void Node_believes_no_answer_to_another_question()
    {
        // What an eavesdropper has of the node's first day: the answer that let its very first commands in.
        var first = _station.Up.First(envelope => envelope.Type == (byte)UpType.ResumeRequest);
        var old = new ResumeReply { Nonce = first.Body, UpCounter = 0, CommandCounter = 0, Receipt = 0 };
        var chime = Chime(lifetime: 3_600_000);
        _station.Deliver(chime).RunFor(5000);
        _station.Resumes = false;
        Lose("counters").Boot().Connect().RunFor(1000);

        _station.Send(CommandType.ResumeReply, old.Write()).Deliver(chime).RunFor(5000);
        old.Nonce = new byte[16];
        _station.Send(CommandType.ResumeReply, old.Write()).Deliver(chime).RunFor(5000);

        Assert.Empty(_station.Output.Heard);
        Assert.Equal(0, _station.Replays);
    }

    [Fact]
    public void Node_takes_no_answer_when_it_lost_nothing_or_was_answered_already()
    {
        var counter = _station.UpCounter;
        var reply = new ResumeReply
        {
            Nonce = _station.Up[0].Body,
            UpCounter = 900L << 32,
            CommandCounter = 900L << 32,
            Receipt = 900
        };

        _station.Send(CommandType.ResumeReply, reply.Write()).RunFor(40_000);

        Assert.Equal(counter >> 32, _station.UpCounter >> 32);
        Assert.True(_station.Beats.Last().Rejected > 0);
    }

    [Fact]
    public void Node_that_lost_its_journal_numbers_receipts_above_the_known_ones()
    {
        _station.Plan(Entry(1, _sound, _station.World.Now + 20_000)).RunFor(40_000);
        var before = _station.Receipts.Keys.Last();
        _station.Plan(Entry(2, _sound, _station.World.Now + 200_000)).RunFor(5000).Disconnect();

        // Without a link it counts for the time being, over a power cut too.
        Lose("book").Boot().RunFor(10_000);
        _station.LosePower().Boot().RunTo(_station.World.Now + 250_000);
        _station.Connect().RunFor(10_000);

        Assert.True(before > 0);
        Assert.Equal((ReceiptStep.Finished, ReceiptReason.None), _station.StepsOf(2).Last());
        Assert.Equal((ReceiptStep.Finished, ReceiptReason.None), _station.StepsOf(1).Last());
        Assert.Equal(_station.Receipts.Keys.Last() - before, _station.Receipts.Keys.Count(number => number > before));
    }

    [Fact]
    public void Node_is_right_about_the_time_again_also_when_that_was_lost_too()
    {
        Lose("counters").Boot(ahead: -World.Dawn * 1000).Connect().RunFor(20_000);

        _station.Plan(Entry(1, _sound, _station.World.Now + 20_000)).RunFor(30_000);

        Assert.Equal(_sound.Samples, Assert.Single(_station.Output.Heard).Samples);
        Assert.Equal(0, _station.Replays);
    }

    private void Reboot(int times)
    {
        for (var i = 0; i < times; i++)
        {
            _station.LosePower().Boot().Connect().RunFor(5000);
        }

        _station.Hellos.Clear();
    }

    private Station Lose(string name)
    {
        _station.LosePower();
        _station.Files.Content[name + ".0"] = [1, 2, 3];
        _station.Files.Content[name + ".1"] = [];
        return _station;
    }

    private List<string> Asked() =>
        [.. _station.Up.Where(envelope => envelope.Type == (byte)UpType.ResumeRequest).Skip(1)
            .Select(envelope => Convert.ToHexString(envelope.Body))];

    private byte[] Chime(long lifetime) =>
        _station.Seal(
            CommandType.Chime, new ChimeCommand { Volume = 100 }.Write(),
            envelope => envelope.Expires = _station.World.Now + lifetime);
}
