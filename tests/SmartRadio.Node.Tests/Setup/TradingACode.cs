using SmartRadio.Node.Tests.Bench;

namespace SmartRadio.Node.Tests.Setup;

public class A_code_to_trade
{
    private const long Second = 1_000_000;

    private readonly CodeTrade _trade = new(new Middle());

    [Theory]
    [InlineData(TradeOutcome.NoNetwork)]
    [InlineData(TradeOutcome.NoController)]
    [InlineData(TradeOutcome.Busy)]
    public void Is_kept_and_tried_again_ever_more_slowly_while_nobody_refused_it(TradeOutcome outcome)
    {
        Assert.False(CodeTrade.IsOver(outcome));
        var now = 0L;
        var waits = new List<long>();
        for (var i = 0; i < 6; i++)
        {
            Assert.True(_trade.IsDue(now));
            _trade.Ended(outcome, now);
            var wait = 0;
            while (!_trade.IsDue(now + (wait * Second)))
            {
                wait++;
            }

            waits.Add(wait);
            now += wait * Second;
        }

        Assert.Equal(waits.Order(), waits);
        Assert.InRange(waits[0], 2, 5);
        Assert.InRange(waits[^1], 30, 60);
    }

    [Theory]
    [InlineData(TradeOutcome.Refused)]
    [InlineData(TradeOutcome.NotWhole)]
    [InlineData(TradeOutcome.Traded)]
    public void Is_dropped_once_a_controller_took_or_refused_it(TradeOutcome outcome) => Assert.True(CodeTrade.IsOver(outcome));

    [Theory]
    [InlineData(400, TradeOutcome.Refused)]
    [InlineData(409, TradeOutcome.Refused)]
    [InlineData(422, TradeOutcome.Refused)]
    [InlineData(408, TradeOutcome.Busy)]
    [InlineData(429, TradeOutcome.Busy)]
    [InlineData(500, TradeOutcome.Busy)]
    [InlineData(503, TradeOutcome.Busy)]
    [InlineData(404, TradeOutcome.NoController)]
    [InlineData(403, TradeOutcome.NoController)]
    [InlineData(302, TradeOutcome.NoController)]
    public void Is_refused_only_by_an_answer_that_is_about_it(int status, TradeOutcome outcome) => Assert.Equal(outcome, CodeTrade.OutcomeOf(status));

    [Fact]
    public void Is_spoken_of_once_for_each_way_to_fail_until_somebody_types_again()
    {
        Assert.NotNull(_trade.Ended(TradeOutcome.NoNetwork, 0));
        Assert.Null(_trade.Ended(TradeOutcome.NoNetwork, 10 * Second));
        Assert.NotNull(_trade.Ended(TradeOutcome.NoController, 20 * Second));
        Assert.Null(_trade.Ended(TradeOutcome.NoNetwork, 30 * Second));

        _trade.Typed(40 * Second);

        Assert.NotNull(_trade.Ended(TradeOutcome.NoNetwork, 50 * Second));
        Assert.NotNull(_trade.Ended(TradeOutcome.Refused, 60 * Second));
    }

    [Fact]
    public void Is_not_tried_while_somebody_types_and_soon_after()
    {
        for (var i = 0; i < 6; i++)
        {
            _trade.Ended(TradeOutcome.NoNetwork, 0);
        }

        _trade.Typed(Second);

        Assert.False(_trade.IsDue(3 * Second));
        Assert.True(_trade.IsDue(5 * Second));
    }

    [Theory]
    [InlineData(",\"tls\":true", true)]
    [InlineData(", \"tls\" : true", true)]
    [InlineData(",\"tls\":false", false)]
    [InlineData(",\"tls\":null", false)]
    [InlineData("", false)]
    public void Brings_whether_the_broker_speaks_TLS_whatever_its_port_and_the_nodes_name(string tls, bool isTls)
    {
        foreach (var (port, name) in new[] { (1883, "tls"), (8883, "host"), (4000, "port") })
        {
            var given = EnrolmentAnswer.Read(
                $$"""{"nodeId":"00112233445566ff","name":"{{name}}","secret":"{{new string('a', 64)}}","broker":{"host":"loa.vn","port":{{port}}{{tls}}},"time":""}""");
            var device = new Installer();
            device.Console.Enrolled(given);

            Assert.Equal((port, "loa.vn", isTls), (given.BrokerPort, given.BrokerHost, given.HasBrokerTls));
            Assert.Equal(isTls ? "yes" : "no", device.Kept().Get("tls"));
        }
    }

    private sealed class Middle : IJitter
    {
        public int Next(int bound) => bound / 2;
    }
}
