// Members as listed for nanoFramework.System.Text 1.3.42 (nanoframework/System.Text). Declarations only: nothing here runs.
namespace System.Text
{
    public abstract class Encoding
    {
        public static Encoding UTF8 => throw null;

        public virtual byte[] GetBytes(string s) => throw null;

        public virtual string GetString(byte[] bytes, int index, int count) => throw null;
    }
}
