using NanoFramework.IlCheck;
using SmartRadio.Firmware.Tests.Bench;

namespace SmartRadio.Firmware.Tests.Forbidden;

public sealed class BodylessTests
{
    [Theory]
    [InlineData("class C { extern int F(); }")]
    [InlineData(
        "class C { [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.InternalCall)] extern int F(); }")]
    public void Own_native_method_is_caught(string source) => AssertCaught(source, "C.F");

    [Theory]
    [InlineData("delegate void D(); class C { void F(D d) { d.BeginInvoke(null, null); } }")]
    [InlineData("delegate int D(int i); class C { int F(D d, System.IAsyncResult r) { return d.EndInvoke(r); } }")]
    [InlineData("class C { void F(System.Threading.ThreadStart d) { d.BeginInvoke(null, null); } }")]
    [InlineData("class C { void F(System.EventHandler d, System.IAsyncResult r) { d.EndInvoke(r); } }")]
    public void Asynchronous_call_of_a_delegate_is_caught(string source) => AssertCaught(source, "C.F at ");

    [Theory]
    [InlineData("delegate void D(); class C { void F(D d) { d(); } }")]
    [InlineData("interface I { void F(); } abstract class C : I { public abstract void F(); }")]
    [InlineData("class C { void BeginInvoke(int i) { } void EndInvoke() { } void F() { BeginInvoke(1); EndInvoke(); } }")]
    public void Delegates_interfaces_and_like_names_pass(string source) => Assert.Empty(Checked.Snippet(source));

    private static void AssertCaught(string source, string where)
    {
        var finding = Assert.Single(Checked.Snippet(source));

        Assert.Equal(Rule.Bodyless, finding.Rule);
        Assert.StartsWith(where, finding.Where, StringComparison.Ordinal);
    }
}
