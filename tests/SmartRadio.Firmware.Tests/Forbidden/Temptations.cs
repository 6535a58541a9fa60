// Compiled into the tests' mscorlib beside the declared surface: what the compiler would accept if it were there.
namespace System
{
    public delegate void Action<T>(T obj);

    public delegate TResult Func<TResult>();

    public class EventArgs
    {
    }

    public delegate void EventHandler<TEventArgs>(object sender, TEventArgs e);

    public struct TypedReference
    {
    }

    public struct RuntimeArgumentHandle
    {
    }

    public static class Environment
    {
        public static string NewLine => throw null;

        public static string MachineName;
    }
}

namespace System.Runtime.CompilerServices
{
    public static class RuntimeFeature
    {
        public const string DefaultImplementationsOfInterfaces = "DefaultImplementationsOfInterfaces";
    }
}
