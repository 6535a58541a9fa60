using NanoFramework.IlCheck;
using SmartRadio.Firmware.Tests.Bench;

namespace SmartRadio.Firmware.Tests.Forbidden;

public sealed class ShapeTests
{
    [Theory]
    [InlineData("class C { int[,] _grid; }")]
    [InlineData("class C { object F() { return new byte[2, 3]; } }")]
    [InlineData("class C { int F(int[,] grid) { return grid[1, 2]; } }")]
    [InlineData("class C { void F(object o) { byte[][,,] cubes = o as byte[][,,]; if (cubes != null) { cubes[0] = null; } } }")]
    public void Multi_dimensional_arrays_are_caught(string source) =>
        Assert.Contains(Checked.Snippet(source), finding => finding.Rule == Rule.MultiDimensionalArray);

    [Fact]
    public void A_body_in_an_interface_is_caught()
    {
        var finding = Assert.Single(
            Checked.Snippet("interface ISound { int Rate { get { return 8000; } } int Length { get; } }"));

        Assert.Equal(Rule.DefaultInterfaceMethod, finding.Rule);
        Assert.Equal("ISound.get_Rate", finding.Where);
    }
}
