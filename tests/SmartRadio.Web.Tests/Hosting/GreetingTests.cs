using SmartRadio.Web.Hosting;

namespace SmartRadio.Web.Tests.Hosting;

public sealed class GreetingTests
{
    [Fact]
    public void Names_the_page_and_beside_it_the_address_at_which_nodes_enrol()
    {
        var lines = new Greeting().Text(["http://127.0.0.1:5080", "https://127.0.0.1:5443"]).Split(Environment.NewLine);

        Assert.Contains(lines, line => line.Contains("is ready: http://127.0.0.1:5080", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("nodes enrol: https://127.0.0.1:5443", StringComparison.Ordinal));
    }
}
