using System.Net;
using Microsoft.AspNetCore.Http;
using SmartRadio.Web.Shared;

namespace SmartRadio.Web.Tests.Shared;

public sealed class LocalCallerTests
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", "127.0.0.1:5080")]
    [InlineData("127.0.0.9", "127.0.0.1", "localhost")]
    [InlineData("::1", "::1", "[::1]:5080")]
    [InlineData("::ffff:127.0.0.1", "::ffff:127.0.0.1", "LOCALHOST:5080")]
    public void Caller_on_this_machine_is_local(string remote, string local, string host) =>
        Assert.True(LocalCaller.Is(Request(remote, local, host)));

    [Theory]
    [InlineData("10.0.0.7", "10.0.0.1", "10.0.0.1")]
    [InlineData("10.0.0.7", "127.0.0.1", "localhost")]
    [InlineData("127.0.0.1", "10.0.0.1", "localhost")]
    [InlineData("::ffff:10.0.0.7", "::ffff:10.0.0.1", "localhost")]
    [InlineData(null, "127.0.0.1", "localhost")]
    public void Caller_from_elsewhere_is_not_local(string? remote, string local, string host) =>
        Assert.False(LocalCaller.Is(Request(remote, local, host)));

    [Theory]
    [InlineData("radio.example.vn")]
    [InlineData("localhost.example.vn")]
    [InlineData("")]
    public void Caller_who_asks_for_another_name_is_not_local(string host) =>
        Assert.False(LocalCaller.Is(Request("127.0.0.1", "127.0.0.1", host)));

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("x-forwarded-proto")]
    [InlineData("X-Original-For")]
    [InlineData("X-Real-IP")]
    [InlineData("Forwarded")]
    [InlineData("Via")]
    public void Caller_through_a_proxy_is_not_local(string header)
    {
        var request = Request("127.0.0.1", "127.0.0.1", "localhost");
        request.Request.Headers[header] = "127.0.0.1";

        Assert.False(LocalCaller.Is(request));
    }

    private static DefaultHttpContext Request(string? remote, string local, string host)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = remote is null ? null : IPAddress.Parse(remote);
        context.Connection.LocalIpAddress = IPAddress.Parse(local);
        context.Request.Host = new HostString(host);
        return context;
    }
}
