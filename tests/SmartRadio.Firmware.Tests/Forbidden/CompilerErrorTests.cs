using SmartRadio.Firmware.Tests.Bench;

namespace SmartRadio.Firmware.Tests.Forbidden;

/// <summary>What mscorlib makes a compiler error, so that the IL check need not look for it.</summary>
public sealed class CompilerErrorTests
{
    [Theory]
    [InlineData("System.Collections.Generic.List<int> _list;", "CS0234")]
    [InlineData("System.Collections.Generic.Dictionary<int, int> _map;", "CS0234")]
    [InlineData("object F(int[] a) { return System.Linq.Enumerable.Max(a); }", "CS0234")]
    [InlineData("int F(int? i) { return i ?? 0; }", "CS0518")]
    [InlineData("int? F(string s) { return s?.Length; }", "CS0518")]
    [InlineData("(int, int) F() { return (1, 2); }", "CS8179")]
    [InlineData("System.Collections.IEnumerable F() { yield return 1; }", "CS0518")]
    [InlineData("async System.Threading.Tasks.Task F() { }", "CS0234")]
    [InlineData("System.Span<byte> F() { return default; }", "CS0234")]
    [InlineData("byte F(byte[] b) { return b[^1]; }", "CS0518")]
    [InlineData("decimal _price;", "CS0518")]
    [InlineData("volatile int _flag;", "CS0518")]
    [InlineData("int F(dynamic d) { return d.Length; }", "CS1980")]
    [InlineData("record R(int A);", "CS0518")]
    [InlineData("string F(string s) { return s.Replace(\"a\", \"b\"); }", "CS1061")]
    [InlineData("string F(string[] s) { return string.Join(\",\", s); }", "CS0117")]
    [InlineData("bool F(char c) { return char.IsDigit(c); }", "CS0117")]
    [InlineData("void F(int[] a) { System.Array.Sort(a); }", "CS0117")]
    [InlineData("object F() { return new System.Diagnostics.Stopwatch(); }", "CS0234")]
    [InlineData("void F() { System.Threading.Monitor.Wait(this); }", "CS0117")]
    [InlineData("string F() { return System.Environment.NewLine; }", "CS0234")]
    public void Member_that_mscorlib_lacks_does_not_compile(string member, string error) =>
        Assert.Contains(error, SnippetCompiler.Errors($"class C {{ {member} }}"));
}
