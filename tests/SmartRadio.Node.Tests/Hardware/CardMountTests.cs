using SmartRadio.Node.Hardware;

namespace SmartRadio.Node.Tests.Hardware;

public class CardMountTests
{
    [Theory]
    [InlineData(1, true, 1)]
    [InlineData(2, true, 2)]
    [InlineData(CardMount.Attempts, true, CardMount.Attempts)]
    [InlineData(CardMount.Attempts + 1, false, CardMount.Attempts)]
    public void Card_is_tried_again_with_a_rest_between(int answersAt, bool mounted, int attempts)
    {
        var card = new LateCard(answersAt);

        Assert.Equal(mounted, CardMount.Try(card));
        Assert.Equal((attempts, attempts - 1), (card.Attempts, card.Rests));
    }

    private sealed class LateCard(int answersAt) : ICard
    {
        public int Attempts { get; private set; }

        public int Rests { get; private set; }

        public bool Mount() => ++Attempts >= answersAt;

        public void Rest() => Rests++;
    }
}
