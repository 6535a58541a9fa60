using SmartRadio.Node.Link;

namespace SmartRadio.Node.Tests.Link;

public class KnownAddressTests
{
    private readonly KnownAddress _address = new();

    [Fact]
    public void Name_is_looked_up_until_it_once_led_to_the_broker()
    {
        _address.Failed();
        Assert.True(_address.MustLookUp);

        _address.Connected();

        Assert.False(_address.MustLookUp);
    }

    [Fact]
    public void Dead_name_server_leaves_two_attempts_in_three_to_the_known_address()
    {
        _address.Connected();
        var lookUps = 0;
        for (var attempt = 0; attempt < 30; attempt++)
        {
            lookUps += _address.MustLookUp ? 1 : 0;
            _address.Failed();
        }

        Assert.Equal(9, lookUps);
        Assert.True(_address.IsKnown);
    }
}
