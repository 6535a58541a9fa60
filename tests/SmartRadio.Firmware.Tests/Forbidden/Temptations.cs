// A mscorlib as another framework's or another version might be: it offers the compiler what the device's own lacks.
// Only tests compile against it. What is marked as a stranger is not in the device's, or is private there.
namespace System
{
    public class Object
    {
    }

    public abstract class ValueType
    {
    }

    public struct Void
    {
    }

    public struct Int32
    {
    }

    public struct Int64
    {
    }

    public class Exception
    {
    }

    public sealed class String
    {
        public static string Stranger;

        public string Replace(string oldValue, string newValue) => throw null;
    }

    public struct DateTime
    {
        // Private in the device's.
        public static long GetUtcNowAsTicks() => throw null;
    }

    public class Stranger
    {
    }
}
