using SmartRadio.Node.Hardware;
using SmartRadio.Node.Tests.Bench;

namespace SmartRadio.Node.Tests.Hardware;

public class HeapCheckTests
{
    [Theory]
    [InlineData(130_000, true)]
    [InlineData(1_048_575, true)]
    [InlineData(1_048_576, false)]
    [InlineData(6_000_000, false)]
    public void Heap_under_a_megabyte_is_too_small(long free, bool isTooSmall) =>
        Assert.Equal(isTooSmall, HeapCheck.IsTooSmall(free));

    [Fact]
    public void Sentence_says_how_much_is_free_and_which_image_to_flash() =>
        Assert.Equal(
            " Only 126 KB of memory are free: the firmware image does not use the module's PSRAM. Flash ESP32_S3_OCTAL.",
            HeapCheck.Trouble(130_000));

    [Theory]
    [InlineData(false, NodeCondition.Ready)]
    [InlineData(true, NodeCondition.Fault)]
    public void Node_without_memory_shows_a_fault(bool lacksMemory, NodeCondition shown) =>
        Assert.Equal(shown, new Station { LacksMemory = lacksMemory }.Boot().Node.Condition);
}
