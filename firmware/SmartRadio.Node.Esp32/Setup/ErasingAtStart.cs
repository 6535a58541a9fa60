using System;
using System.Threading;
using SmartRadio.Node.Esp32.Board;
using SmartRadio.Node.Hardware;
using SmartRadio.Node.Setup;

namespace SmartRadio.Node.Esp32.Setup
{
    /// <summary>
    /// Erases at power-up when the button asks for it or an earlier erasing did not end. What the flash refuses is told, and
    /// stops nobody.
    /// </summary>
    public sealed class ErasingAtStart
    {
        /// <summary>Milliseconds between looks at the button.</summary>
        private const int ButtonLook = 100;

        private readonly Erasure _erasure = new Erasure();

        /// <summary>What the flash refused, as a sentence behind a space; else empty.</summary>
        public string Trouble { get; private set; } = string.Empty;

        /// <summary>False when the device is half erased: then it is nobody, and only its console may run.</summary>
        public bool Run(ILocalClock clock, StatusLed light)
        {
            switch (Step(clock, light))
            {
                case ResetStep.Erase when !FactoryReset.Erase(_erasure):
                    Trouble = " The flash refused to be erased: this device is nobody now. Restart it to go on erasing.";
                    return false;
                case ResetStep.Rearm:
                    Rearm();
                    return true;
                default:
                    return true;
            }
        }

        private ResetStep Step(ILocalClock clock, StatusLed light)
        {
            EraseButton button = new EraseButton();
            FactoryReset reset = new FactoryReset(Mark(), clock.Microseconds);
            while (true)
            {
                light.Show(NodeCondition.Booting, clock.Microseconds);
                ResetStep step = reset.Look(button.IsDown, clock.Microseconds);
                if (step != ResetStep.Look)
                {
                    return step;
                }

                Thread.Sleep(ButtonLook);
            }
        }

        private byte[] Mark()
        {
            try
            {
                return _erasure.Mark;
            }
            catch (Exception)
            {
                Trouble = " The flash does not say whether the last erasing ended.";
                return null;
            }
        }

        private void Rearm()
        {
            try
            {
                _erasure.Mark = null;
            }
            catch (Exception)
            {
                Trouble = " The flash keeps the mark of the last erasing: the erase button does nothing.";
            }
        }
    }
}
