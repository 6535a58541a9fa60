using SmartRadio.Controller.Broadcasts;
using SmartRadio.Protocol;
using static SmartRadio.Controller.Broadcasts.BroadcastProgress;

namespace SmartRadio.Controller.Tests.Broadcasts;

public sealed class BroadcastProgressTests
{
    [Theory]
    [InlineData(TargetState.Waiting, ReceiptReason.None, false, Waiting)]
    [InlineData(TargetState.Verified, ReceiptReason.None, false, Waiting)]
    [InlineData(TargetState.Playing, ReceiptReason.None, false, Sounding)]
    [InlineData(TargetState.Playing, ReceiptReason.Preempted, true, Waiting)]
    [InlineData(TargetState.Played, ReceiptReason.None, true, Heard)]
    [InlineData(TargetState.Interrupted, ReceiptReason.Preempted, true, HeardInPart)]
    [InlineData(TargetState.Interrupted, ReceiptReason.Stopped, true, HeardInPart)]
    [InlineData(TargetState.Interrupted, ReceiptReason.OutputFailed, false, NotReached)]
    [InlineData(TargetState.Interrupted, ReceiptReason.Stopped, false, Cancelled)]
    [InlineData(TargetState.Missed, ReceiptReason.Stopped, false, Cancelled)]
    [InlineData(TargetState.Missed, ReceiptReason.LocalStop, false, Cancelled)]
    [InlineData(TargetState.Missed, ReceiptReason.QuietHours, false, Refused)]
    [InlineData(TargetState.Missed, ReceiptReason.Limit, false, Refused)]
    [InlineData(TargetState.Missed, ReceiptReason.NoSound, false, NotReached)]
    [InlineData(TargetState.Rejected, ReceiptReason.UnknownCodec, false, Refused)]
    [InlineData(TargetState.Unknown, ReceiptReason.None, false, NotReached)]
    public void Node_tells_how_far_it_got(TargetState state, ReceiptReason reason, bool isHeard, BroadcastProgress expected) =>
        Assert.Equal(expected, TargetProgress.Of(state, reason, isHeard));

    [Theory]
    [InlineData(BroadcastState.Planned, Waiting, Waiting, Waiting)]
    [InlineData(BroadcastState.Planned, Sounding, Waiting, Sounding)]
    [InlineData(BroadcastState.Planned, Sounding, Heard, Sounding)]
    [InlineData(BroadcastState.Stopped, HeardInPart, Sounding, Sounding)]
    [InlineData(BroadcastState.Finished, Heard, Heard, Heard)]
    [InlineData(BroadcastState.Planned, Heard, Waiting, HeardInPart)]
    [InlineData(BroadcastState.Finished, Heard, NotReached, HeardInPart)]
    [InlineData(BroadcastState.Stopped, HeardInPart, HeardInPart, HeardInPart)]
    [InlineData(BroadcastState.Stopped, Cancelled, Cancelled, Cancelled)]
    [InlineData(BroadcastState.Stopped, NotReached, Cancelled, Cancelled)]
    [InlineData(BroadcastState.Missed, NotReached, NotReached, NotReached)]
    [InlineData(BroadcastState.Missed, NotReached, Refused, NotReached)]
    [InlineData(BroadcastState.Missed, Refused, Refused, Refused)]
    public void All_nodes_together_tell_how_far_it_got(
        BroadcastState state, BroadcastProgress one, BroadcastProgress other, BroadcastProgress expected)
    {
        var row = new BroadcastRow(
            1, new AiredBulletin(1, "Tin"), BroadcastClass.Normal, state, DateTimeOffset.UnixEpoch, TimeSpan.FromMinutes(1),
            new TargetCounts([(one, 1), (other, 1)], isPart: false));

        Assert.Equal(expected, row.Progress);
    }

    [Fact]
    public void Cancelled_nodes_have_not_failed()
    {
        var counts = new TargetCounts(
            [(Heard, 2), (Cancelled, 3), (NotReached, 1), (Refused, 1), (HeardInPart, 1)], isPart: false);

        Assert.Equal((8, 2, 3), (counts.Should, counts.Played, counts.Failed));
    }
}
