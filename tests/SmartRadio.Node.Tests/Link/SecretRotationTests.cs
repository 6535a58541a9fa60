using SmartRadio.Node.Tests.Bench;
using SmartRadio.Protocol;
using SmartRadio.Protocol.Commands;

namespace SmartRadio.Node.Tests.Link;

public class SecretRotationTests
{
    private static readonly byte[] NewSecret = [.. Enumerable.Range(0, 32).Select(i => (byte)(200 - i))];
    private static readonly NodeKeys NewKeys = new(NewSecret);
    private static readonly byte[] Bench = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly NodeKeys OldKeys = new(Bench);

    private readonly Station _station = new Station().Boot().Connect().RunFor(5000);

    [Fact]
    public void Rotation_is_answered_at_once_by_a_message_under_the_new_one()
    {
        Rotate();
        _station.RunFor(1000);

        Assert.Equal(3, _station.Up[^1].KeyId);
        Assert.Equal(NewKeys.Up, _station.Keys.Up);
        Assert.Equal(NewKeys.BrokerPassword, _station.Keys.BrokerPassword);
    }

    [Fact]
    public void Rotation_keeps_the_old_secret_until_the_controller_uses_the_new()
    {
        Rotate();
        Chime(OldKeys);
        Assert.Single(_station.Output.Heard);

        Chime(NewKeys);
        Assert.Equal(2, _station.Output.Heard.Count);
        Chime(OldKeys);
        Assert.Equal(2, _station.Output.Heard.Count);
        Assert.Contains((ReceiptStep.Rejected, ReceiptReason.Unauthenticated), _station.StepsOf(0));
    }

    [Fact]
    public void Rotation_is_kept_over_power_cuts_before_and_after_its_first_use()
    {
        // The bench's controller answers under the newest keys, which would confirm them.
        _station.AnswersClock = _station.Acknowledges = false;
        Rotate();
        _station.LosePower().Boot().Connect().RunFor(3000);
        Assert.Equal(NewKeys.Up, _station.Keys.Up);
        Chime(OldKeys);
        Chime(NewKeys);
        Assert.Equal(2, _station.Output.Heard.Count);

        _station.LosePower().Boot().Connect().RunFor(3000);
        Chime(OldKeys);
        Assert.Empty(_station.Output.Heard);
        Chime(NewKeys);
        Assert.Single(_station.Output.Heard);
    }

    [Fact]
    public void Plan_sound_and_receipts_are_still_there_afterwards()
    {
        var sound = _station.Serve(8000);
        _station.Plan(Station.Entry(1, sound, World.Dawn + 60_000)).RunFor(10_000);
        Rotate();

        _station.LosePower().Boot().RunTo(World.Dawn + 70_000);

        Assert.Equal(sound.Samples, Assert.Single(_station.Output.Heard).Samples);
    }

    [Fact]
    public void Rotation_cannot_be_asked_for_under_the_old_secret_again()
    {
        Rotate();
        _station.Deliver(_station.Seal(CommandType.Rotate, Command(_station, 4, [.. NewSecret.Reverse()]), key: OldKeys.Command))
            .RunFor(1000);

        Assert.Equal(NewKeys.Up, _station.Keys.Up);
        Assert.Contains((ReceiptStep.Rejected, ReceiptReason.Unauthenticated), _station.StepsOf(0));
    }

    [Fact]
    public void Rotation_said_twice_is_answered_twice_and_done_once()
    {
        // An answer under the newest keys would confirm them.
        _station.AnswersClock = _station.Acknowledges = false;
        Rotate();
        _station.RunFor(1000);
        var beats = _station.Beats.Count;
        Rotate();
        _station.RunFor(1000);

        Assert.Equal(beats + 1, _station.Beats.Count);
        Chime(OldKeys);
        Assert.Single(_station.Output.Heard);
    }

    [Fact]
    public void Rotation_is_rejected_when_it_cannot_be_stored_and_changes_nothing()
    {
        var command = _station.Seal(CommandType.Rotate, Command(_station, 3, NewSecret), key: OldKeys.Command);
        _station.Files.TotalBytes = 0;
        _station.Deliver(command).RunFor(1000);

        Assert.Equal(OldKeys.Up, _station.Keys.Up);
    }

    /// <summary>
    /// Cuts the power at every byte written while the secret changes: the node is left with keys the controller has.
    /// </summary>
    [Fact]
    public void Rotation_cut_at_any_byte_leaves_one_of_the_two_secrets()
    {
        for (var cut = 0; cut < 400; cut++)
        {
            var station = Life(cut);
            var keys = station.Keys.Up.SequenceEqual(NewKeys.Up) ? NewKeys : OldKeys;
            Assert.Equal(keys.Up, station.Keys.Up);

            station.Deliver(station.Seal(CommandType.Chime, new ChimeCommand { Volume = 100 }.Write(), key: keys.Command))
                .RunFor(3000);
            Assert.Single(station.Output.Heard);
        }
    }

    private static Station Life(int cut)
    {
        var station = new Station().Boot().Connect().RunFor(5000);
        var command = station.Seal(CommandType.Rotate, Command(station, 3, NewSecret), key: OldKeys.Command);
        station.Files.PowerLeft = cut;
        var whole = Record.Exception(() => station.Deliver(command)) is null;
        Assert.True(whole || cut < 200);
        return station.LosePower().Boot().Connect().RunFor(5000);
    }

    private static byte[] Command(Station station, byte id, byte[] secret) =>
        new RotateCommand { KeyId = id, WrappedSecret = station.Wrap(secret) }.Write();

    private void Rotate() =>
        _station.Deliver(_station.Seal(CommandType.Rotate, Command(_station, 3, NewSecret), key: OldKeys.Command));

    private void Chime(NodeKeys keys) =>
        _station.Deliver(_station.Seal(CommandType.Chime, new ChimeCommand { Volume = 100 }.Write(), key: keys.Command))
            .RunFor(3000);
}
