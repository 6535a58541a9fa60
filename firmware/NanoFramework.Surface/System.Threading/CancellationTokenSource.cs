// Members as listed for System.Threading 1.1.52 (nanoframework/System.Threading). Declarations only: nothing here runs.
namespace System.Threading
{
    public struct CancellationToken
    {
    }

    public class CancellationTokenSource
    {
        public CancellationTokenSource(int millisecondsDelay) => throw null;

        public CancellationToken Token => throw null;
    }
}
