using System.Net;
using SmartRadio.Web.Shared;

namespace SmartRadio.Web.Tests.Shared;

public sealed class CallerAddressTests
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2::/64")]
    [InlineData("::1", "::/64")]
    public void Address_counts_by_its_network(string address, string expected) =>
        Assert.Equal(expected, CallerAddress.Of(IPAddress.Parse(address)));
}
