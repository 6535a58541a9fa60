using NanoFramework.IlCheck;
using SmartRadio.Firmware.Tests.Bench;

namespace SmartRadio.Firmware.Tests.Forbidden;

public sealed class StaticConstructorTests
{
    [Theory]
    [InlineData("class C { static int _a; static C() { _a = 3; } }")]
    [InlineData("class C { static readonly object Gate = new object(); }")]
    [InlineData("class C { static readonly short[] Steps = { 7, 8, 9 }; }")]
    [InlineData("class C { static string Name { get; } = new string('a', 3); }")]
    [InlineData("struct C { static int _a = 3; }")]
    public void Static_constructors_are_caught(string source)
    {
        var finding = Assert.Single(Checked.Snippet(source));

        Assert.Equal(Rule.StaticConstructor, finding.Rule);
        Assert.Equal("C..cctor", finding.Where);
    }

    [Fact]
    public void A_lambda_that_the_compiler_keeps_in_a_static_field_is_caught() =>
        Assert.Contains(
            Checked.Snippet("delegate int D(int a); class C { D F() { return a => a + 1; } }"),
            finding => finding.Rule == Rule.StaticConstructor);

    [Theory]
    [InlineData("class C { const int A = 3; const string B = \"b\"; }")]
    [InlineData("class C { static object _gate; static object Gate { get { return _gate ?? (_gate = new object()); } } }")]
    [InlineData("class C { readonly short[] _steps = { 7, 8, 9 }; }")]
    [InlineData("class C { static short[] Steps() { return new short[] { 7, 8, 9 }; } }")]
    public void Values_made_when_asked_for_pass(string source) => Assert.Empty(Checked.Snippet(source));
}
