using System;
using SmartRadio.Node.Esp32.Sound;

namespace SmartRadio.Node.Esp32.Setup
{
    /// <summary>Passes on what is typed and does what the console wishes: play the chime, start again, erase.</summary>
    public sealed class SetupDesk
    {
        private readonly SerialConsole _console = new SerialConsole();
        private readonly Provisioning _provisioning;
        private readonly IRestart _restart;

        /// <param name="provisioning">What answers.</param>
        /// <param name="restart">Starts the device again.</param>
        public SetupDesk(Provisioning provisioning, IRestart restart)
        {
            _provisioning = provisioning;
            _restart = restart;
        }

        /// <summary>The code to trade; empty when there is none.</summary>
        public string Code
        {
            get { return _provisioning.Code; }
        }

        /// <summary>The node's storage lost its newest keys: says so with the status.</summary>
        public void KeysAreLost()
        {
            _provisioning.Trouble = " The stored keys are damaged: revoke this node on its page, reset it here and enrol it as a new one.";
        }

        /// <summary>Takes what was typed since; false when that is nothing.</summary>
        /// <param name="output">Where the chime is played; null while a node uses it.</param>
        public bool Look(IAudioOutput output)
        {
            bool hasTyped = false;
            for (int typed = _console.Read(); typed >= 0; typed = _console.Read())
            {
                hasTyped = true;
                string answer = _provisioning.Take((byte)typed);
                if (answer != null)
                {
                    Answer(answer, output);
                }
            }

            return hasTyped;
        }

        /// <summary>An attempt to trade the code ended: says so, drops a code that is of no use, and starts again as the node that this device is now.</summary>
        /// <param name="outcome">How.</param>
        /// <param name="given">What it was traded for, or null.</param>
        /// <param name="sentence">What to say when it failed; null: nothing.</param>
        public void Traded(TradeOutcome outcome, EnrolmentAnswer given, string sentence)
        {
            if (CodeTrade.IsOver(outcome))
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
            try
            {
                Erasure erasure = new Erasure();
                FactoryReset.Erase(erasure);
                erasure.Mark = null;
                _console.Say("Everything is erased.");
                _restart.Restart();
            }
            catch (Exception)
            {
                _console.Say("The flash refused: not everything is erased.");
            }
        }
    }
}
