using SmartRadio.Node.Link;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Tests.Link;

public class InboxTests
{
    private const string Commands = "sr/n/1/cmd";
    private const string Sound = "sr/o/1";

    private static readonly byte[] Stop = [1, (byte)CommandType.Stop, 0, 0];
    private static readonly byte[] Plan = [1, (byte)CommandType.Plan, 0, 0];

    private readonly Inbox _inbox = new(Commands);

    [Fact]
    public void Inbox_gives_back_in_order_what_it_took()
    {
        _inbox.Tell(HappeningKind.Connected);
        _inbox.Message(Commands, Plan);
        _inbox.Message(Sound, [7]);
        _inbox.Tell(HappeningKind.Disconnected);

        var taken = All();

        Assert.Equal(
            [HappeningKind.Connected, HappeningKind.Message, HappeningKind.Message, HappeningKind.Disconnected],
            taken.Select(what => what.Kind));
        Assert.Equal([null, Plan, [7], null], taken.Select(what => what.Payload));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(4096)]
    public void Inbox_full_of_sound_takes_every_command(int length)
    {
        Fill(Sound, new byte[length]);
        Assert.False(_inbox.Message(Sound, new byte[length]));

        Assert.True(_inbox.Message(Commands, Plan));
        Assert.True(_inbox.Message(Commands, Stop));

        var taken = All();
        Assert.Equal([Plan, Stop], taken.Where(what => what.Topic == Commands).Select(what => what.Payload));
        Assert.InRange(taken.Count, 32, Inbox.MaxMessages);
    }

    [Fact]
    public void Inbox_drops_the_newest_sound_first()
    {
        for (byte number = 0; number < Inbox.MaxMessages; number++)
        {
            _inbox.Message(Sound, [number]);
        }

        _inbox.Message(Commands, Plan);

        Assert.Equal(
            Enumerable.Range(0, Inbox.MaxMessages - 1),
            All().Where(what => what.Topic == Sound).Select(what => (int)what.Payload[0]));
    }

    [Fact]
    public void Inbox_full_of_commands_still_takes_a_stop()
    {
        Fill(Commands, Plan);
        Assert.False(_inbox.Message(Commands, Plan));
        Assert.False(_inbox.Message(Sound, [1]));

        Assert.True(_inbox.Message(Commands, Stop));

        var taken = All();
        Assert.Equal(Inbox.MaxMessages, taken.Count);
        Assert.Same(Stop, taken[^1].Payload);
    }

    [Fact]
    public void Inbox_is_bounded_in_number_and_bytes()
    {
        Fill(Sound, new byte[4096]);

        Assert.Equal(Inbox.MaxBytes / 4096, All().Count);
        Fill(Sound, [1]);
        Assert.Equal(Inbox.MaxMessages, All().Count);
    }

    [Fact]
    public void Inbox_that_is_full_still_says_that_the_link_went()
    {
        Fill(Commands, Stop);
        _inbox.Tell(HappeningKind.Disconnected);

        Assert.Equal(HappeningKind.Disconnected, All()[^1].Kind);
    }

    private void Fill(string topic, byte[] payload)
    {
        while (_inbox.Message(topic, payload))
        {
            // Until it is full.
        }
    }

    private List<Happening> All()
    {
        var taken = new List<Happening>();
        for (var next = _inbox.Take(); next is not null; next = _inbox.Take())
        {
            taken.Add(next);
        }

        return taken;
    }
}
