using NanoFramework.IlCheck;
using SmartRadio.Firmware.Tests.Bench;

namespace SmartRadio.Firmware.Tests.Forbidden;

/// <summary>What the compiler accepts and the device then does not find.</summary>
public sealed class AbsentTests
{
    [Theory]
    [InlineData(
        "string F(string s) { return s.Replace(s, s); }",
        "System.String [mscorlib]System.String.Replace(System.String,System.String)")]
    [InlineData("string F() { return string.Stranger; }", "System.String [mscorlib]System.String.Stranger")]
    [InlineData("object F() { return new System.Stranger(); }", "[mscorlib]System.Stranger")]
    [InlineData(
        "long F() { return System.DateTime.GetUtcNowAsTicks(); }",
        "static System.Int64 [mscorlib]System.DateTime.GetUtcNowAsTicks()")]
    public void A_member_that_mscorlib_lacks_or_hides_is_caught(string method, string member) =>
        Assert.Contains(new Finding(Rule.Undeclared, "Snippet", member), Checked.TemptedSnippet($"class C {{ {method} }}"));

    [Theory]
    [InlineData("object F() { return System.DBNull.Value; }", "[mscorlib]System.DBNull")]
    [InlineData("System.Type F() { return typeof(System.FlagsAttribute); }", "[mscorlib]System.FlagsAttribute")]
    [InlineData(
        "object F() { return System.Reflection.ProcessorArchitecture.X86; }",
        "[mscorlib]System.Reflection.ProcessorArchitecture")]
    public void A_type_that_is_not_flashed_is_caught(string method, string type) =>
        Assert.Contains(new Finding(Rule.Undeclared, "Snippet", type), Checked.Snippet($"class C {{ {method} }}"));
}
