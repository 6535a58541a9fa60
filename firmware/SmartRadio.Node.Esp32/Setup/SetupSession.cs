using System;
using SmartRadio.Node.Esp32.Sound;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Setup;

namespace SmartRadio.Node.Esp32.Setup
{
    /// <summary>Passes on what is typed and does what the console wishes: play the chime, start again, erase.</summary>
    public sealed class SetupSession
    {
        /// <summary>
        /// Bytes a look: what the line brings in 50 ms, so that a paste is kept up with and noise on it holds nobody.
        /// </summary>
        private const int MostAtOnce = 600;

        private readonly SerialConsole _console = new SerialConsole();
        private readonly Provisioning _provisioning;
        private readonly IRestart _restart;

        /// <param name="provisioning">What answers.</param>
        /// <param name="restart">Starts the device again.</param>
        public SetupSession(Provisioning provisioning, IRestart restart)
        {
            _provisioning = provisioning;
            _restart = restart;
        }

        /// <summary>The code to redeem; empty when there is none.</summary>
        public string Code
        {
            get { return _provisioning.Code; }
        }

        /// <summary>Something is wrong: says so at once and with the status.</summary>
        /// <param name="sentence">It stands behind a space.</param>
        public void Complain(string sentence)
        {
            _provisioning.Trouble += sentence;
            _console.Say(sentence.Trim());
        }

        /// <summary>The node's storage lost its newest keys.</summary>
        public void KeysAreLost()
        {
            Complain(" The stored keys are damaged: revoke this node on its page, reset it here and enrol it as a new one.");
        }

        /// <summary>Takes what was typed since; false when that is nothing.</summary>
        /// <param name="output">Where the chime is played; null while a node uses it.</param>
        public bool Look(IAudioOutput output)
        {
            int taken = 0;
            while (taken < MostAtOnce)
            {
                int typed = _console.Read();
                if (typed < 0)
                {
                    break;
                }

                taken++;
                string answer = _provisioning.Take((byte)typed);
                if (answer != null)
                {
                    Answer(answer, output);
                }
            }

            return taken > 0;
        }

        /// <summary>
        /// An attempt to redeem the code ended: says so, drops a code that is of no use, and starts again as the node that this
        /// device is now.
        /// </summary>
        /// <param name="outcome">How.</param>
        /// <param name="given">What it was redeemed for, or null.</param>
        /// <param name="sentence">What to say when it failed; null: nothing.</param>
        public void Redeemed(RedemptionOutcome outcome, EnrolmentAnswer given, string sentence)
        {
            if (CodeRedemption.IsOver(outcome))
            {
                _provisioning.Code = string.Empty;
            }

            string said = given == null ? sentence : _provisioning.Enrolled(given);
            if (said != null)
            {
                Answer(said, null);
            }
        }

        private void Answer(string answer, IAudioOutput output)
        {
            _console.Say(answer);
            switch (_provisioning.TakeWish())
            {
                case ConsoleWish.Chime:
                    _console.Say(output == null ? "The node is running: use the chime of its page."
                        : SoundSample.Play(output) ? "That was the chime." : "The output failed: check the wiring.");
                    break;
                case ConsoleWish.Restart:
                    _restart.Restart();
                    break;
                case ConsoleWish.Erase:
                    Erase();
                    break;
            }
        }

        private void Erase()
        {
            Erasure erasure = new Erasure();
            if (!FactoryReset.Erase(erasure))
            {
                _console.Say("The flash refused: not everything is erased. The next start goes on erasing.");
                return;
            }

            try
            {
                erasure.Mark = null;
            }
            catch (Exception)
            {
                // It only keeps a button that is held from erasing once more.
            }

            _console.Say("Everything is erased.");
            _restart.Restart();
        }
    }
}
