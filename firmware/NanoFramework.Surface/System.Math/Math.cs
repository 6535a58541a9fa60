// Members as listed for System.Math 1.5.116 (nanoframework/System.Math). Declarations only: nothing here runs.
namespace System
{
    public static class Math
    {
        public const double PI = 3.141592653589793;

        public static double Sin(double a) => throw null;
    }
}
