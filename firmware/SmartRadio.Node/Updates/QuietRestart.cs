using SmartRadio.Node.Hardware;
using SmartRadio.Node.Playback;
using SmartRadio.Protocol;

namespace SmartRadio.Node.Updates
{
    /// <summary>
    /// Starts the node again after 50 attempts to connect without one success: what the network stack holds by then, nobody can
    /// see. Only at a quiet time, and never a program on trial, whose restart means that it failed.
    /// </summary>
    public sealed class QuietRestart
    {
        /// <summary>Attempts in a row: at a minute's pause some 40 minutes.</summary>
        public const int MostFailures = 50;

        /// <summary>ms between looks for a quiet time.</summary>
        private const int Look = 1000;

        private readonly IRestart _restart;
        private readonly CalmTimes _calm;
        private readonly ProgramUpdate _update;
        private int _failures;

        /// <param name="restart">Null where a program cannot be started again.</param>
        /// <param name="calm">Says when.</param>
        /// <param name="update">Knows of a trial.</param>
        public QuietRestart(IRestart restart, CalmTimes calm, ProgramUpdate update)
        {
            _restart = restart;
            _calm = calm;
            _update = update;
        }

        public void Failed()
        {
            _failures++;
        }

        public void Connected()
        {
            _failures = 0;
        }

        /// <summary>Milliseconds until it wants the next call.</summary>
        public int Poll()
        {
            if (_failures < MostFailures || _restart == null || _update.State == UpdateState.Trial)
            {
                return Wait.Longest;
            }

            if (_calm.MayRestart)
            {
                _failures = 0;
                _restart.Restart();
            }

            return Look;
        }
    }
}
