using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using SmartRadio.Node.Tests.Bench;

namespace SmartRadio.Node.Tests.Link;

/// <summary>
/// Whatever is not right about a message, of every kind a node takes: rejected, counted, nothing played, nothing changed.
/// </summary>
public class WrongMessageTests
{
    private readonly Station _station;
    private readonly MessageSpecimens _messages = new();

    public WrongMessageTests() => _station = _messages.Station;

    [Fact]
    public void Wrong_message_of_any_kind_is_rejected_and_changes_nothing()
    {
        var rejected = _station.RunFor(40_000).Beats.Last().Rejected;
        var state = State();
        var counted = 0;
        var sample =
            from kind in Gen.Elements(Enum.GetValues<MessageKind>())
            from wrong in Gen.Elements(Enum.GetValues<MessageFault>())
            from at in Gen.Choose(0, int.MaxValue - 1)
            select (kind, wrong, at);

        Prop.ForAll(sample.ToArbitrary(), each =>
        {
            var (topic, bytes) = _messages.Spoil(each.kind, each.wrong, each.at);
            _station.Node.Received(topic, bytes);
            counted += MessageSpecimens.IsHarmless(each.kind, each.wrong) ? 0 : 1;
            Assert.Equal(state, State());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

        Assert.Equal(rejected + counted, _station.RunFor(40_000).Beats.Last().Rejected);
        Assert.Empty(_station.Output.Heard);
        AssertWhatIsRightIsTaken();
    }

    [Fact]
    public void Message_with_any_bit_flipped_or_cut_anywhere_is_rejected()
    {
        var rejected = _station.RunFor(40_000).Beats.Last().Rejected;
        var state = State();
        var sent = 0;
        foreach (var kind in Enum.GetValues<MessageKind>())
        {
            var (topic, good) = _messages.Right(kind);
            // Of a chunk or a frame the payload's bits are all alike: the first and the last of them stand for the rest.
            var bits = Enumerable.Range(0, good.Length * 8)
                .Where(bit => good.Length < 1000 || bit < 400 || bit > (good.Length * 8) - 200);
            foreach (var bit in bits)
            {
                _station.Node.Received(topic, MessageSpecimens.Flipped(good, bit));
                sent++;
            }

            foreach (var length in Enumerable.Range(0, good.Length))
            {
                _station.Node.Received(topic, good[..length]);
                sent++;
            }
        }

        Assert.Equal(state, State());
        Assert.Equal(rejected + sent, _station.RunFor(40_000).Beats.Last().Rejected);
        Assert.Empty(_station.Output.Heard);
        AssertWhatIsRightIsTaken();
    }

    /// <summary>
    /// All that the node keeps and shows but the book, in which it notes a few of its rejections: plan, keys, counters, what is
    /// of the object, and what it listens to.
    /// </summary>
    private string State() => string.Join(
        '\n',
        _station.Files.Content.Where(file => !file.Key.StartsWith("book", StringComparison.Ordinal))
            .OrderBy(file => file.Key, StringComparer.Ordinal)
            .Select(file => file.Key + Convert.ToHexString(SHA256.HashData(file.Value)))
            .Concat(_station.Link.Filters.Order(StringComparer.Ordinal))
            .Append(Convert.ToHexString(_station.Keys.Command)));

    /// <summary>The same messages unspoilt are taken: it was not for another reason that they were rejected.</summary>
    private void AssertWhatIsRightIsTaken()
    {
        var rejected = _station.Beats.Last().Rejected;
        foreach (var kind in new[] { MessageKind.Chime, MessageKind.StreamOpen, MessageKind.Chunk, MessageKind.OwnChunk,
            MessageKind.Frame, MessageKind.ReceiptAck, MessageKind.Rotate })
        {
            var (topic, good) = _messages.Right(kind);
            _station.Node.Received(topic, good);
        }

        _station.ChunkArrives = _ => true;
        _station.AnswersClock = true;
        _station.RunTo(MessageSpecimens.Start + 60_000);
        Assert.Equal(rejected, _station.Beats.Last().Rejected);
        Assert.Equal(_messages.Sound.Samples, Assert.Single(_station.Output.Heard, heard => heard.Broadcast == 1).Samples);
        Assert.Equal(2, _station.Up[^1].KeyId);
        _station.Deliver(_messages.Right(MessageKind.Plan).Bytes).RunFor(2000);
        Assert.Equal(1000, _station.Beats.Last().PlanNumber);
    }
}
