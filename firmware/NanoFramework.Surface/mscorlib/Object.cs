// Members as listed for mscorlib 1.17.11 (nanoframework/CoreLibrary). Declarations only: nothing here runs.
namespace System
{
    public class Object
    {
        public Object() => throw null;

        public virtual bool Equals(object obj) => throw null;

        public virtual int GetHashCode() => throw null;

        public virtual string ToString() => throw null;
    }

    public abstract class ValueType
    {
    }

    public abstract class Enum : ValueType
    {
    }

    public struct Void
    {
    }
}
