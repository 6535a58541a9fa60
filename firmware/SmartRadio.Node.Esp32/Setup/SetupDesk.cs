using System;
using SmartRadio.Node.Esp32.Board;
using SmartRadio.Node.Esp32.Settings;
using SmartRadio.Node.Esp32.Sound;

namespace SmartRadio.Node.Esp32.Setup
{
    /// <summary>Does what the console asks: stores settings, erases, plays the chime.</summary>
    public sealed class SetupDesk
    {
        private readonly SerialConsole _console = new SerialConsole();
        private readonly DeviceSettings _settings;
        private readonly Provisioning _provisioning;
        private readonly IRestart _restart;

        public SetupDesk(DeviceSettings settings, IRestart restart)
        {
            _settings = settings;
            _provisioning = new Provisioning(settings);
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

        /// <summary>Takes what was typed since.</summary>
        /// <param name="output">Where the chime is played; null while a node uses it.</param>
        public void Look(IAudioOutput output)
        {
            for (string line = _console.Read(); line != null; line = _console.Read())
            {
                string answer = _provisioning.Take(line);
                if (answer != null)
                {
                    _console.Say(answer);
                }
            }

            try
            {
                Obey(output);
            }
            catch (Exception)
            {
                _console.Say("The flash refused: nothing was stored.");
            }
        }

        /// <summary>The code was traded, or not: says so, and in the first case starts again as that node.</summary>
        public void Traded(EnrolmentAnswer given, string problem)
        {
            if (given == null)
            {
                _provisioning.Code = string.Empty;
                _console.Say(problem);
                return;
            }

            _provisioning.Enrolled(given);
            bool isStored = SettingsFile.Store(_settings);
            _console.Say(isStored ? "This is node " + given.NodeId + " now." : "The flash refused: reset, make a new code and try again.");
            if (isStored)
            {
                _restart.Restart();
            }
        }

        private void Obey(IAudioOutput output)
        {
            if (_provisioning.WantsReset)
            {
                SettingsFile.Erase();
                SettingsFile.Unmark();
                _restart.Restart();
            }

            if (_provisioning.Certificate.Length > 0)
            {
                SettingsFile.StoreCertificate(_provisioning.Certificate);
                _provisioning.Certificate = string.Empty;
            }

            if (_provisioning.HasChanged)
            {
                _provisioning.HasChanged = false;
                if (!SettingsFile.Store(_settings))
                {
                    _console.Say("The flash refused: nothing was stored.");
                }
            }

            if (_provisioning.WantsSound)
            {
                _provisioning.WantsSound = false;
                string heard = output == null ? "The node is running: use the chime of its page."
                    : SoundSample.Play(output) ? "That was the chime." : "The output failed: check the wiring.";
                _console.Say(heard);
            }
        }
    }
}
