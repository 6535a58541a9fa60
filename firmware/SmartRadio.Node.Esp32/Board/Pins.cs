namespace SmartRadio.Node.Esp32.Board
{
    /// <summary>The wiring of the reference board (README.md). Pins are GPIO numbers of an ESP32-S3.</summary>
    public static class Pins
    {
        public const int I2sClock = 5;
        public const int I2sWordSelect = 6;
        public const int I2sData = 7;

        /// <summary>SPI bus 1 to a VS1053b; XDCS, XCS, DREQ and XRST of the chip.</summary>
        public const int SpiClock = 12;
        public const int SpiToChip = 11;
        public const int SpiFromChip = 13;
        public const int Vs1053Data = 9;
        public const int Vs1053Commands = 10;
        public const int Vs1053Ready = 14;
        public const int Vs1053Reset = 21;

        /// <summary>High switches the amplifier's supply on.</summary>
        public const int Amplifier = 15;

        /// <summary>To ground when pressed.</summary>
        public const int StopButton = 16;

        /// <summary>Each edge serves the external watchdog.</summary>
        public const int Watchdog = 17;

        /// <summary>ADC1 channels: the supply through 100 kΩ over 10 kΩ, and a TMP36.</summary>
        public const int SupplyChannel = 0;

        public const int TemperatureChannel = 1;

        /// <summary>
        /// The loudspeaker line behind a divider (GPIO 4). Not GPIO 3, which the chip reads as it starts: half a supply
        /// voltage is neither high nor low there.
        /// </summary>
        public const int LineChannel = 3;

        public const int StatusLed = 18;

        /// <summary>High opens the relay in the supply of a 4G router.</summary>
        public const int ModemOff = 8;

        /// <summary>
        /// To ground when pressed. Not the button marked BOOT: held at power-up, that one stops the chip. GPIO 3 only chooses
        /// where a debugger comes from, and not even that unless a fuse was burned for it.
        /// </summary>
        public const int EraseButton = 3;

        /// <summary>
        /// SPI bus 2 to an SD card: clock, data to and from it, chip select. Free on a module with octal PSRAM, which takes 35
        /// to 37.
        /// </summary>
        public const int CardClock = 40;
        public const int ToCard = 41;
        public const int FromCard = 47;
        public const int CardSelect = 42;

        /// <summary>The installer's console.</summary>
        public const int ConsoleOut = 38;

        public const int ConsoleIn = 39;
    }
}
