using NanoFramework.IlCheck;
using SmartRadio.Firmware.Tests.Bench;

namespace SmartRadio.Firmware.Tests.Forbidden;

public sealed class GenericsTests
{
    [Theory]
    [InlineData("class Box<T> { public T Value; }")]
    [InlineData("class Boxes { static T Same<T>(T value) { return value; } }")]
    [InlineData("delegate T Make<T>();")]
    [InlineData("interface IBox<T> { T Value { get; } }")]
    public void Own_generics_are_caught_where_they_are_declared(string source) => AssertCaught(source);

    [Theory]
    [InlineData("class C { System.Action<int> _heard; }")]
    [InlineData("class C { void F(System.Func<int> make) { } }")]
    [InlineData("class C { event System.EventHandler<System.EventArgs> Heard { add { } remove { } } }")]
    [InlineData("class C { System.Func<int> F() { return null; } }")]
    [InlineData("class C { object F(object o) { return o as System.Action<int>; } }")]
    [InlineData("class C { void F(object o) { System.Action<int> a = o as System.Action<int>; if (a != null) { a(1); } } }")]
    public void Generic_delegates_of_the_library_are_caught_where_they_are_used(string source) => AssertCaught(source);

    private static void AssertCaught(string source) =>
        Assert.Contains(Checked.Snippet(source), finding => finding.Rule == Rule.Generic);
}
