// Compiled into the tests' mscorlib beside the declared surface: what the compiler would accept if it were there.
// Nothing here may ever be declared; the stranger stands for any member that nobody looked up.
namespace System
{
    public delegate void Action<T>(T obj);

    public delegate TResult Func<TResult>();

    public delegate void EventHandler<TEventArgs>(object sender, TEventArgs e);

    public struct TypedReference
    {
    }

    public struct RuntimeArgumentHandle
    {
    }

    public class Stranger
    {
        public static string Name => throw null;

        public static string Field;
    }
}

namespace System.Runtime.CompilerServices
{
    public static class RuntimeFeature
    {
        public const string DefaultImplementationsOfInterfaces = "DefaultImplementationsOfInterfaces";
    }
}
