using NanoFramework.IlCheck;
using SmartRadio.Firmware.Tests.Bench;

namespace SmartRadio.Firmware.Tests.Forbidden;

public sealed class SizeTests
{
    [Fact]
    public void A_method_longer_than_we_want_to_read_is_caught() =>
        AssertCaught(
            $"class C {{ int F(int a) {{ {Repeat(200, i => $"a += a * {i};")} return a; }} }}", "bytes of IL, at most 1024");

    [Fact]
    public void More_locals_than_a_byte_counts_are_caught() => AssertCaught(
        $"class C {{ static void G(ref int i) {{ }} void F() {{ {Repeat(256, i => $"int a{i} = 0; G(ref a{i});")} }} }}",
        "256 locals, at most 255");

    [Fact]
    public void More_arguments_than_a_byte_counts_are_caught() => AssertCaught(
        $"class C {{ void F(int first{Repeat(254, i => $", int a{i}")}) {{ }} }}",
        "256 arguments, at most 255");

    [Fact]
    public void A_stack_deeper_than_a_byte_counts_is_caught() => AssertCaught(
        $"class C {{ int F(int a) {{ return {Repeat(255, _ => "a + (")} a {new string(')', 255)}; }} }}",
        "256 deep evaluation stack, at most 255");

    [Fact]
    public void A_switch_with_more_targets_than_a_byte_counts_is_caught() => AssertCaught(
        $"class C {{ int F(int a) {{ switch (a) {{ {Repeat(256, i => $"case {i}: return {i * 7};")} default: return 1; }} }} }}",
        "256 targets in a switch, at most 255");

    [Fact]
    public void An_assembly_with_more_code_than_16_bits_address_is_caught() => AssertCaught(
        $"class C {{ {Repeat(120, m => $"int F{m}(int a) {{ {Repeat(100, i => $"a += a * {i};")} return a; }}")} }}",
        "bytes of IL, at most 65534");

    private static void AssertCaught(string source, string what) => Assert.Contains(
        Checked.Snippet(source),
        finding => finding.Rule == Rule.Size && finding.What.EndsWith(what, StringComparison.Ordinal));

    private static string Repeat(int count, Func<int, string> piece) => string.Concat(Enumerable.Range(0, count).Select(piece));
}
