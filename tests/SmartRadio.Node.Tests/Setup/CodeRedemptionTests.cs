using SmartRadio.Node.Hardware;
using SmartRadio.Node.Setup;
using SmartRadio.Node.Tests.Bench;

namespace SmartRadio.Node.Tests.Setup;

public class CodeRedemptionTests
{
    private const long Second = 1_000_000;

    private readonly CodeRedemption _redemption = new(new Middle());

    [Theory]
    [InlineData(RedemptionOutcome.NoNetwork)]
    [InlineData(RedemptionOutcome.NoController)]
    [InlineData(RedemptionOutcome.Busy)]
    public void Code_is_kept_and_tried_again_ever_more_slowly_while_nobody_refused_it(RedemptionOutcome outcome)
    {
        Assert.False(CodeRedemption.IsOver(outcome));
        var now = 0L;
        var waits = new List<long>();
        for (var i = 0; i < 6; i++)
        {
            Assert.True(_redemption.IsDue(now));
            _redemption.Ended(outcome, now);
            var wait = 0;
            while (!_redemption.IsDue(now + (wait * Second)))
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
    [InlineData(RedemptionOutcome.Refused)]
    [InlineData(RedemptionOutcome.NotWhole)]
    [InlineData(RedemptionOutcome.Redeemed)]
    public void Code_is_dropped_once_a_controller_took_or_refused_it(RedemptionOutcome outcome) =>
        Assert.True(CodeRedemption.IsOver(outcome));

    [Theory]
    [InlineData(400, RedemptionOutcome.Refused)]
    [InlineData(409, RedemptionOutcome.Refused)]
    [InlineData(422, RedemptionOutcome.Refused)]
    [InlineData(408, RedemptionOutcome.Busy)]
    [InlineData(429, RedemptionOutcome.Busy)]
    [InlineData(500, RedemptionOutcome.Busy)]
    [InlineData(503, RedemptionOutcome.Busy)]
    [InlineData(404, RedemptionOutcome.NoController)]
    [InlineData(403, RedemptionOutcome.NoController)]
    [InlineData(302, RedemptionOutcome.NoController)]
    public void Code_is_refused_only_by_an_answer_that_is_about_it(int status, RedemptionOutcome outcome) =>
        Assert.Equal(outcome, CodeRedemption.OutcomeOf(status));

    [Fact]
    public void Code_is_spoken_of_once_for_each_way_to_fail_until_somebody_types_again()
    {
        Assert.NotNull(_redemption.Ended(RedemptionOutcome.NoNetwork, 0));
        Assert.Null(_redemption.Ended(RedemptionOutcome.NoNetwork, 10 * Second));
        Assert.NotNull(_redemption.Ended(RedemptionOutcome.NoController, 20 * Second));
        Assert.Null(_redemption.Ended(RedemptionOutcome.NoNetwork, 30 * Second));

        _redemption.Typed(40 * Second);

        Assert.NotNull(_redemption.Ended(RedemptionOutcome.NoNetwork, 50 * Second));
        Assert.NotNull(_redemption.Ended(RedemptionOutcome.Refused, 60 * Second));
    }

    [Fact]
    public void Code_is_not_tried_while_somebody_types_and_soon_after()
    {
        for (var i = 0; i < 6; i++)
        {
            _redemption.Ended(RedemptionOutcome.NoNetwork, 0);
        }

        _redemption.Typed(Second);

        Assert.False(_redemption.IsDue(3 * Second));
        Assert.True(_redemption.IsDue(5 * Second));
    }

    [Theory]
    [InlineData(",\"tls\":true", true)]
    [InlineData(", \"tls\" : true", true)]
    [InlineData(",\"tls\":false", false)]
    [InlineData(",\"tls\":null", false)]
    [InlineData("", false)]
    public void Code_brings_whether_the_broker_speaks_TLS_and_the_nodes_name(string tls, bool isTls)
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
