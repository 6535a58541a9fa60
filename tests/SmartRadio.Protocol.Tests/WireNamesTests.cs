using SmartRadio.Protocol.Codecs;

namespace SmartRadio.Protocol.Tests;

public class WireNamesTests
{
    [Fact]
    public void Names_of_topics_are_as_the_protocol_says()
    {
        Assert.Equal("sr/1/n/0011223344556677/cmd", Topics.Command("0011223344556677"));
        Assert.Equal("sr/1/n/0011223344556677/up", Topics.Up("0011223344556677"));
        Assert.Equal("sr/1/n/0011223344556677/here", Topics.Here("0011223344556677"));
        Assert.Equal("sr/1/s/a1a2a3a4a5a6a7a8/ima8", Topics.Stream("a1a2a3a4a5a6a7a8", CodecId.Ima8));
        Assert.Equal("sr/1/o/6bde2cc3c4410c3c06e7fe0d35da10da", Topics.Object("6bde2cc3c4410c3c06e7fe0d35da10da"));
    }

    [Theory]
    [InlineData("sr/1/n/0011223344556677/up", "0011223344556677")]
    [InlineData("sr/1/n/x/here", "x")]
    [InlineData("sr/1/n/", null)]
    [InlineData("sr/1/n", null)]
    [InlineData("sr/1/o/x/up", null)]
    [InlineData("", null)]
    public void Names_of_nodes_are_found_in_topics(string topic, string? node) => Assert.Equal(node, Topics.NodeOf(topic));

    [Theory]
    [InlineData("00ff", true)]
    [InlineData("00FF", false)]
    [InlineData("00f", false)]
    [InlineData("00ffa", false)]
    [InlineData("00fg", false)]
    [InlineData(null, false)]
    public void Names_in_hexadecimal_are_lower_case_and_of_their_length(string? text, bool valid) =>
        Assert.Equal(valid, Hex.Decode(text, 2) is not null);

    [Fact]
    public void Names_of_built_in_sounds_are_told_from_objects_and_streams()
    {
        Assert.Equal(BuiltInSound.Siren, BuiltInSound.Of(BuiltInSound.ObjectId(BuiltInSound.Siren)));
        Assert.Equal(BuiltInSound.None, BuiltInSound.Of(new byte[16]));
        Assert.Equal(BuiltInSound.None, BuiltInSound.Of([.. Enumerable.Repeat((byte)1, 16)]));
        Assert.Equal(BuiltInSound.None, BuiltInSound.Of(BuiltInSound.ObjectId(99)));
        Assert.True(BuiltInSound.IsStreamOnly(new byte[16]));
        Assert.False(BuiltInSound.IsStreamOnly(BuiltInSound.ObjectId(BuiltInSound.Chime)));
    }
}
