// Members as listed for mscorlib 1.17.11 (nanoframework/CoreLibrary). Declarations only: nothing here runs.
namespace System.Reflection
{
    public abstract class MethodBase : MemberInfo
    {
        public object Invoke(object obj, object[] parameters) => throw null;
    }

    public abstract class MethodInfo : MethodBase
    {
    }

    public class Assembly
    {
        public static Assembly Load(byte[] rawAssembly) => throw null;

        public virtual Type GetType(string name) => throw null;
    }
}
