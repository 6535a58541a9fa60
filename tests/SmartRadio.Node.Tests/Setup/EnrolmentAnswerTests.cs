using SmartRadio.Node.Setup;

namespace SmartRadio.Node.Tests.Setup;

public class EnrolmentAnswerTests
{
    private const string Answer =
        """{"nodeId":"00112233445566ff","name":"Loa \"secret\":\"x\" thôn 1","secret":"%","broker":{"host":"radio.example.vn","port":8883},"time":"2026-11-22T05:00:00+07:00"}""";

    private static readonly string Secret = string.Concat(Enumerable.Repeat("5e", 32));

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"nodeId":"00112233445566ff","secret":"%","broker":{"host":"","port":8883}}""")]
    [InlineData("""{"nodeId":"00112233445566ff","secret":"%","broker":{"host":"a b","port":8883}}""")]
    [InlineData("""{"nodeId":"00112233445566ff","secret":"%","broker":{"host":"a","port":0}}""")]
    [InlineData("""{"nodeId":"00112233445566ff","secret":"%","broker":{"host":"a","port":99999}}""")]
    [InlineData("""{"nodeId":"00112233445566FF","secret":"%","broker":{"host":"a","port":1}}""")]
    [InlineData("""{"nodeId":"00112233445566ff","secret":"5e","broker":{"host":"a","port":1}}""")]
    [InlineData("""{"nodeId":"00112233445566ff","secret":"%""")]
    public void Answer_is_not_believed_when_it_is_not_whole(string json) =>
        Assert.Null(EnrolmentAnswer.Read(json.Replace("%", Secret, StringComparison.Ordinal)));

    [Fact]
    public void Answer_with_a_name_that_looks_like_a_member_misleads_nobody()
    {
        var given = EnrolmentAnswer.Read(Answer.Replace("%", Secret, StringComparison.Ordinal));

        Assert.Equal(Secret, given.Secret);
    }
}
