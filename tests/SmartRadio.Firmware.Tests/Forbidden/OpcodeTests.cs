using NanoFramework.IlCheck;
using SmartRadio.Firmware.Tests.Bench;

namespace SmartRadio.Firmware.Tests.Forbidden;

public sealed class OpcodeTests
{
    [Theory]
    [InlineData("calli", "unsafe class C { int F(delegate*<int> f) { return f(); } }")]
    [InlineData("localloc", "unsafe class C { byte F() { byte* p = stackalloc byte[9]; return p[8]; } }")]
    [InlineData("sizeof", "unsafe class C { struct S { int a; } int F() { return sizeof(S); } }")]
    [InlineData(
        "mkrefany",
        "class C { void F(int i) { System.TypedReference r = __makeref(i); G(r); } void G(System.TypedReference r) { } }")]
    [InlineData("refanyval", "class C { int F(System.TypedReference r) { return __refvalue(r, int); } }")]
    public void Instructions_that_the_interpreter_lacks_are_caught(string opcode, string source) =>
        Assert.Contains(
            Checked.Snippet(source),
            finding => finding.Rule == Rule.Opcode && finding.What.StartsWith(opcode + ":", StringComparison.Ordinal));

    [Theory]
    [InlineData("arglist")]
    [InlineData("ckfinite")]
    [InlineData("cpblk")]
    [InlineData("initblk")]
    [InlineData("jmp")]
    [InlineData("readonly.")]
    [InlineData("refanytype")]
    [InlineData("tail.")]
    [InlineData("unaligned.")]
    [InlineData("volatile.")]
    public void Instructions_that_no_plain_source_gives_are_caught_too(string opcode)
    {
        var finding = Assert.Single(Checked.Image(HandWritten.Method(opcode)), finding => finding.Rule == Rule.Opcode);

        Assert.StartsWith(opcode + ":", finding.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("int F(int a, int b) { return checked(a + b); }", "add.ovf")]
    [InlineData("uint F(uint a, uint b) { return checked(a - b); }", "sub.ovf.un")]
    [InlineData("long F(long a, long b) { return checked(a * b); }", "mul.ovf")]
    [InlineData("byte F(int a) { return checked((byte)a); }", "conv.ovf.u1")]
    public void Checked_arithmetic_is_caught(string method, string opcode)
    {
        var finding = Assert.Single(Checked.Snippet($"class C {{ {method} }}"));

        Assert.Equal(Rule.CheckedArithmetic, finding.Rule);
        Assert.StartsWith(opcode, finding.What, StringComparison.Ordinal);
    }
}
