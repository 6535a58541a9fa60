using SmartRadio.Node.Tests.Bench;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;
using static SmartRadio.Node.Tests.Bench.Station;

namespace SmartRadio.Node.Tests.Link;

public class CommandTests
{
    private readonly Station _station = new Station().Boot().Connect().RunFor(5000);

    [Fact]
    public void Command_is_rejected_with_a_wrong_MAC() =>
        Rejected(_station.Seal(CommandType.Chime, Chime(), key: new byte[32]), ReceiptReason.Unauthenticated);

    [Fact]
    public void Command_is_rejected_when_it_is_for_another_node() =>
        Rejected(
            _station.Seal(CommandType.Chime, Chime(), envelope => envelope.NodeId = new byte[8]), ReceiptReason.Unauthenticated);

    [Fact]
    public void Command_is_rejected_after_its_time() =>
        Rejected(_station.Seal(CommandType.Chime, Chime(), envelope => envelope.Expires = World.Dawn), ReceiptReason.Expired);

    [Fact]
    public void Command_is_rejected_when_it_cannot_be_read() => Rejected(new byte[60], ReceiptReason.Malformed);

    [Fact]
    public void Command_is_rejected_when_its_body_cannot_be_read() =>
        Rejected(_station.Seal(CommandType.Plan, [1, 2, 3]), ReceiptReason.Malformed);

    [Fact]
    public void Command_is_rejected_when_its_type_is_unknown() =>
        Rejected(_station.Seal((CommandType)99, []), ReceiptReason.Malformed);

    [Fact]
    public void Command_is_rejected_the_second_time()
    {
        var command = _station.Seal(CommandType.Chime, Chime());
        _station.Deliver(command).RunFor(5000);

        Rejected(command, ReceiptReason.Replayed, alreadyHeard: 1);
    }

    [Fact]
    public void Command_is_rejected_when_a_later_one_overtook_it()
    {
        var earlier = _station.Seal(CommandType.Chime, Chime());
        _station.Send(CommandType.Stop, new StopCommand().Write());

        Rejected(earlier, ReceiptReason.Replayed);
    }

    [Fact]
    public void Command_is_rejected_a_second_time_after_a_power_cut_too()
    {
        var command = _station.Seal(CommandType.Chime, Chime());
        _station.Deliver(command).LosePower().Boot().Connect().RunFor(5000);

        Rejected(command, ReceiptReason.Replayed);
    }

    [Fact]
    public void Command_before_the_time_is_known_is_rejected_and_asked_for_again()
    {
        var station = new Station { AnswersClock = false }.Boot(ahead: -World.Dawn * 1000).Connect().RunFor(3000);
        station.Deliver(station.Seal(CommandType.Chime, Chime())).RunFor(3000);
        Assert.Empty(station.Output.Heard);
        Assert.Contains((ReceiptStep.Rejected, ReceiptReason.NotRunning), station.StepsOf(0));
        var hellos = station.Hellos.Count;

        station.AnswersClock = true;
        station.RunFor(30_000);

        Assert.Equal(hellos + 1, station.Hellos.Count);
        station.Deliver(station.Seal(CommandType.Chime, Chime())).RunFor(3000);
        Assert.Single(station.Output.Heard);
    }

    [Fact]
    public void Command_is_rejected_when_its_counter_cannot_be_stored()
    {
        _station.Files.TotalBytes = 0;

        _station.Deliver(_station.Seal(CommandType.Chime, Chime())).RunFor(3000);

        Assert.Empty(_station.Output.Heard);
        Assert.Equal(1, _station.RunFor(40_000).Beats.Last().Rejected);
    }

    [Fact]
    public void Command_with_any_bit_flipped_changes_nothing()
    {
        var sound = _station.Serve(8000);
        var start = World.Dawn + 60_000;
        var command = _station.Seal(CommandType.Plan, _station.PlanOf(Entry(7, sound, start)).Write());
        for (var bit = 0; bit < command.Length * 8; bit++)
        {
            var forged = command.ToArray();
            forged[bit / 8] ^= (byte)(1 << (bit % 8));
            _station.Deliver(forged);
        }

        Assert.Empty(_station.RunTo(start + 70_000).Output.Heard);
        Assert.Equal(0, _station.Beats.Last().PlanNumber);
        Assert.Equal(command.Length * 8, _station.Beats.Last().Rejected);
    }

    [Fact]
    public void Command_cut_anywhere_changes_nothing()
    {
        var command = _station.Seal(CommandType.Chime, Chime());
        for (var length = 0; length < command.Length; length++)
        {
            _station.Deliver(command[..length]);
        }

        Assert.Empty(_station.RunFor(3000).Output.Heard);
    }

    [Fact]
    public void Command_rejected_a_thousand_times_costs_few_receipts_and_writes()
    {
        var writes = _station.Files.Writes;

        for (var i = 0; i < 1000; i++)
        {
            _station.Deliver(new byte[60]).RunFor(100);
        }

        Assert.Equal(4, _station.StepsOf(0).Count());
        Assert.Equal(1000, _station.RunFor(40_000).Beats.Last().Rejected);
        Assert.InRange(_station.Files.Writes - writes, 1, 12);
    }

    private static byte[] Chime() => new ChimeCommand { Volume = 100 }.Write();

    private void Rejected(byte[] command, ReceiptReason reason, int alreadyHeard = 0)
    {
        _station.Deliver(command).RunFor(5000);

        Assert.Equal(alreadyHeard, _station.Output.Heard.Count);
        Assert.Contains((ReceiptStep.Rejected, reason), _station.StepsOf(0));
    }
}
