// Members as listed for mscorlib 1.17.11 (nanoframework/CoreLibrary). Declarations only: nothing here runs.
namespace System
{
    public class Random
    {
        public virtual int Next(int maxValue) => throw null;
    }
}
