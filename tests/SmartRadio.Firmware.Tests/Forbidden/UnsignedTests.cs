using NanoFramework.IlCheck;
using SmartRadio.Firmware.Tests.Bench;

namespace SmartRadio.Firmware.Tests.Forbidden;

public sealed class UnsignedTests
{
    [Theory]
    [InlineData("int F(uint u, int n) { return (int)u >> n; }", "shr")]
    [InlineData("int F(uint u, int n) { return (int)u % n; }", "rem")]
    [InlineData("long F(ulong u, int n) { return (long)u >> n; }", "shr")]
    [InlineData("long F(ulong u, long n) { return (long)u % n; }", "rem")]
    [InlineData("int F(uint u) { return (int)(u + 1 & 0xFFFF) >> 2; }", "shr")]
    [InlineData("int F(uint[] u) { return (int)u[0] >> 2; }", "shr")]
    [InlineData("long F(ulong[] u) { return (long)u[0] >> 2; }", "shr")]
    [InlineData("long F(ref ulong u) { return (long)u >> 2; }", "shr")]
    [InlineData("uint _u; int F() { return (int)_u >> 2; }", "shr")]
    [InlineData("enum E : uint { A } int F(E e) { return (int)e >> 2; }", "shr")]
    [InlineData("int F(bool b, uint u, int i) { return (b ? (int)u : i) >> 2; }", "shr")]
    [InlineData("int F(bool b, uint u, int i) { return (b ? i : (int)u) >> 2; }", "shr")]
    public void An_unsigned_value_shifted_or_divided_as_signed_is_caught(string method, string opcode) =>
        AssertCaught(method, opcode);

    [Theory]
    [InlineData("long F(uint u) { return (int)u; }", "conv.i8")]
    [InlineData("double F(uint u) { return (int)u; }", "conv.r8")]
    [InlineData("float F(ulong u) { return (long)u; }", "conv.r4")]
    [InlineData("object F(uint u) { return (int)u; }", "box")]
    public void An_unsigned_value_widened_or_boxed_as_signed_is_caught(string method, string opcode) =>
        AssertCaught(method, opcode);

    [Theory]
    [InlineData("int F(uint u) { return (int)u; }", "ret")]
    [InlineData("int F(uint u) { return G((int)u); } static int G(int i) { return i >> 2; }", "call")]
    [InlineData("C(long l) { } object F(ulong u) { return new C((long)u); }", "newobj")]
    public void An_unsigned_value_keeps_its_type_when_passed_or_returned_and_is_caught(string method, string opcode) =>
        AssertCaught(method, opcode);

    [Theory]
    [InlineData("int F(uint u) { int i = (int)u; return i >> 2; }")]
    [InlineData("int F(uint u) { int i = (int)u; i += 3; i >>= 2; return i; }")]
    public void A_local_that_the_optimiser_removes_does_not_help(string method) => AssertCaught(method, "shr");

    [Theory]
    [InlineData("uint F(uint u, int n) { return u >> n; }")]
    [InlineData("uint F(uint u, uint n) { return u % n + u / n; }")]
    [InlineData("int _i; int F(uint u) { _i = (int)u; return _i >> 2; }")]
    [InlineData("uint F(int i) { return (uint)i >> 2; }")]
    [InlineData("int F(byte[] b) { return b[0] >> 2 | b.Length % 3; }")]
    [InlineData("long F(byte[] b) { long v = 0; v = (v << 8) | b[0]; return v >> 2; }")]
    [InlineData("int F(short s, sbyte b, char c, ushort u) { return (s >> 2) + (b % 3) + (c >> 1) + (u % 5); }")]
    [InlineData("int F(uint u) { return (int)(u / 2 * (long)3); }")]
    [InlineData("double F(uint u) { return u; }")]
    [InlineData("enum E : byte { A } int F(E e) { return (int)e >> 2; }")]
    public void Arithmetic_that_the_interpreter_gets_right_passes(string method) =>
        Assert.Empty(Checked.Snippet($"class C {{ {method} }}"));

    private static void AssertCaught(string method, string opcode)
    {
        var finding = Assert.Single(Checked.Snippet($"class C {{ {method} }}"));

        Assert.Equal(Rule.UnsignedAsSigned, finding.Rule);
        Assert.StartsWith(opcode + " ", finding.What, StringComparison.Ordinal);
    }
}
