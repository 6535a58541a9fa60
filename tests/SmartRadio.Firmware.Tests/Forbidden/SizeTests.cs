using NanoFramework.IlCheck;
using NanoFramework.IlCheck.Il;
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
        "bytes of byte code, at most 65534");

    [Fact]
    public void An_assembly_with_more_strings_than_16_bits_address_is_caught() => AssertCaught(
        $"class C {{ {Repeat(70, m => $"string F{m}() {{ return \"{m:D3}{new string('a', 1000)}\"; }}")} }}",
        "bytes of strings, at most 65535");

    [Fact]
    public void Names_of_parameters_constants_and_properties_take_no_room_for_strings()
    {
        using var assembly = new DeviceAssembly(new MemoryStream(SnippetCompiler.Compile(
            "class Place { const int Unflashed = 3; int _kept; int F(int unseen) { return unseen + _kept + Unflashed; } string Say => \"hello\"; }")));

        var strings = FlashedStrings.Of(assembly);

        Assert.Superset(new HashSet<string>(["Place", "_kept", "F", "get_Say", "hello", "Snippet", "mscorlib"]), strings);
        Assert.Empty(strings.Intersect(["Unflashed", "unseen", "Say"], StringComparer.Ordinal));
        Assert.Equal(6 + 1, FlashedStrings.Bytes(["", "xuân"]));
    }

    [Fact]
    public void Code_is_counted_as_the_device_stores_it()
    {
        using var assembly = new DeviceAssembly(new MemoryStream(SnippetCompiler.Compile("""
            class C
            {
                int _a;
                string Text() { return "a"; }
                int Field() { return _a; }
                int Choice(int a) { switch (a) { case 0: return 7; case 1: return 9; case 2: return 3; default: return 1; } }
                void Guard() { try { Text(); } finally { Field(); } }
            }
            """)));
        var sizes = assembly.Methods.ToDictionary(method => method.Name, FlashedSize.Of, StringComparer.Ordinal);

        // ldstr with two bytes behind it, ret; ldarg.0, ldfld with two, ret.
        Assert.Equal(4, sizes["C.Text"]);
        Assert.Equal(5, sizes["C.Field"]);
        // ldarg.1, switch with one byte and three targets of two, br.s, four times a constant and ret: 9 needs two bytes.
        Assert.Equal(1 + 1 + 1 + 6 + 2 + 2 + 3 + 2 + 2, sizes["C.Choice"]);
        // Two calls with ldarg.0 and pop, leave.s, endfinally, ret; one region of twelve bytes and the count.
        Assert.Equal((2 * (1 + 3 + 1)) + 2 + 1 + 1 + 12 + 1, sizes["C.Guard"]);
    }

    private static void AssertCaught(string source, string what) => Assert.Contains(
        Checked.Snippet(source),
        finding => finding.Rule == Rule.Size && finding.What.EndsWith(what, StringComparison.Ordinal));

    private static string Repeat(int count, Func<int, string> piece) => string.Concat(Enumerable.Range(0, count).Select(piece));
}
