// Members as listed for mscorlib 1.17.11 (nanoframework/CoreLibrary). Declarations only: nothing here runs.
namespace System
{
    public abstract class Type : Reflection.MemberInfo
    {
        public Reflection.MethodInfo GetMethod(string name) => throw null;
    }

    public struct RuntimeFieldHandle
    {
    }

    public struct RuntimeTypeHandle
    {
    }
}

namespace System.Reflection
{
    public abstract class MemberInfo
    {
    }
}
