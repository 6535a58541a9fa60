// Members as listed for mscorlib 1.17.11 (nanoframework/CoreLibrary). Declarations only: nothing here runs.
namespace System.Runtime.CompilerServices
{
    public static class RuntimeHelpers
    {
        public static void InitializeArray(Array array, RuntimeFieldHandle fldHandle) => throw null;
    }
}
