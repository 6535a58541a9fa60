using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SmartRadio.Controller.Changes;
using SmartRadio.Testing.Clock;
using SmartRadio.Web.Shared;
using SmartRadio.Web.Shared.Repeats;
using SmartRadio.Web.Streaming;
using SmartRadio.Web.Text;

namespace SmartRadio.Web.Tests.Shared;

/// <summary>What is drawn waits for a turn: people in one line, strangers in another that ends.</summary>
public sealed class DrawnRequestsTests : IDisposable
{
    private static readonly Grants Looks = new(new Dictionary<Right, AreaScope> { [Right.See] = AreaScope.Everywhere });

    private readonly DrawingTurns _turns = new(new SettableTime());
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _begun;

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Page_is_drawn_in_a_turn_whatever_asked_for_it(string method)
    {
        var all = Enumerable.Range(0, Environment.ProcessorCount + 1)
            .Select(_ => DrawAsync(Page(method, Looks))).ToList();

        Assert.Equal(Environment.ProcessorCount, _begun);
        await EndAsync(all);
        Assert.Equal(Environment.ProcessorCount + 1, _begun);
    }

    [Fact]
    public async Task What_stops_and_what_draws_nothing_needs_no_turn()
    {
        var all = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => DrawAsync(Page("GET", Looks))).ToList();

        all.Add(DrawAsync(Page("POST", Looks, new AlwaysCarriedOut())));
        all.Add(DrawAsync(Request("POST", Looks)));

        Assert.Equal(Environment.ProcessorCount + 2, _begun);
        await EndAsync(all);
    }

    [Fact]
    public async Task Form_of_whoever_releases_emergencies_does_not_stand_behind_the_others()
    {
        var all = Enumerable.Range(0, Environment.ProcessorCount + 5).Select(_ => DrawAsync(Page("POST", Looks))).ToList();

        all.Add(DrawAsync(Page("POST", Grants.Everything)));

        Assert.Equal(Environment.ProcessorCount + 1, _begun);
        await EndAsync(all);
    }

    [Fact]
    public async Task Strangers_take_one_turn_and_those_beyond_their_line_are_told_so()
    {
        var all = Enumerable.Range(0, DrawingTurns.MostStrangers)
            .Select(at => DrawAsync(Page("GET", grants: null, address: $"10.0.0.{at / 8}"))).ToList();
        Assert.Equal(1, _begun);

        var beyond = Page("GET", grants: null, address: "10.0.1.1");
        await DrawAsync(beyond).WaitAsync(Poll.Patience);
        all.Add(DrawAsync(Page("GET", Looks)));

        Assert.Equal(
            (StatusCodes.Status429TooManyRequests, Math.Min(2, Environment.ProcessorCount)),
            (beyond.Response.StatusCode, _begun));
        Assert.False(string.IsNullOrEmpty(beyond.Response.Headers.RetryAfter));
        beyond.Response.Body.Position = 0;
        using var text = new StreamReader(beyond.Response.Body);
        Assert.NotEmpty(await text.ReadToEndAsync());
        await EndAsync(all);
    }

    [Fact]
    public async Task One_address_does_not_fill_the_line_of_strangers()
    {
        var all = Enumerable.Range(0, DrawingTurns.MostOfAddress)
            .Select(_ => DrawAsync(Page("GET", grants: null, address: "10.0.0.1"))).ToList();

        var same = Page("GET", grants: null, address: "10.0.0.1");
        await DrawAsync(same).WaitAsync(Poll.Patience);
        all.Add(DrawAsync(Page("GET", grants: null, address: "10.0.0.2")));

        Assert.Equal(StatusCodes.Status429TooManyRequests, same.Response.StatusCode);
        await EndAsync(all);
        Assert.Equal(DrawingTurns.MostOfAddress + 1, _begun);
    }

    public void Dispose() => _turns.Dispose();

    private Task DrawAsync(HttpContext context) => DrawnRequests.DrawAsync(context, _ =>
    {
        Interlocked.Increment(ref _begun);
        return _end.Task;
    });

    private Task EndAsync(IEnumerable<Task> all)
    {
        _end.SetResult();
        return Task.WhenAll(all);
    }

    private DefaultHttpContext Page(string method, Grants? grants, object? mark = null, string address = "10.0.0.9") =>
        Request(method, grants, address, new ComponentTypeMetadata(typeof(App)), mark);

    /// <param name="grants">Null = of a stranger.</param>
    private DefaultHttpContext Request(string method, Grants? grants, string address = "10.0.0.9", params object?[] marks)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddTexts();
        services.AddSingleton(_turns);
        services.AddSingleton(new MyGrants(new HttpContextAccessor(), new Viewer { Grants = grants }, null!, null!));
        var context = new DefaultHttpContext { RequestServices = services.BuildServiceProvider() };
        context.Request.Method = method;
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        context.Response.Body = new MemoryStream();
        context.User = new ClaimsPrincipal(grants is null ? new ClaimsIdentity() : new ClaimsIdentity("test"));
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(marks.OfType<object>()), "page"));
        return context;
    }
}
