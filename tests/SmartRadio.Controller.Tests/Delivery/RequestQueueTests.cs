using SmartRadio.Controller.Delivery.Objects;
using SmartRadio.Protocol.Objects;

namespace SmartRadio.Controller.Tests.Delivery;

public sealed class RequestQueueTests
{
    private readonly RequestQueue _requests = new();

    [Fact]
    public void The_newest_request_of_a_node_for_an_object_replaces_the_older()
    {
        _requests.Add("a", Request(1, first: 0));
        _requests.Add("b", Request(1, first: 5));
        _requests.Add("a", Request(2, first: 7));
        _requests.Add("a", Request(1, first: 9));

        Assert.Equal(
            [("a", 7), ("a", 9), ("b", 5)],
            _requests.TakeAll().Select(each => (each.NodeId, each.Request.First[0])).Order());
        Assert.False(_requests.Any);
    }

    [Fact]
    public void A_node_has_a_bounded_number_and_takes_none_from_others()
    {
        _requests.Add("honest", Request(1, first: 0));
        for (var number = 0; number < 10_000; number++)
        {
            _requests.Add("thief", Request(number, first: 0));
        }

        var taken = _requests.TakeAll();
        Assert.Equal(RequestQueue.PerNode, taken.Count(each => each.NodeId == "thief"));
        Assert.Single(taken, each => each.NodeId == "honest");
    }

    private static ChunkRequest Request(int number, int first) =>
        new() { ObjectId = new Guid(number, 0, 0, new byte[8]).ToByteArray(), First = [first], Count = [1] };
}
