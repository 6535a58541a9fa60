namespace SmartRadio.Node.Sound.Vs1053
{
    /// <summary>
    /// Numbers from VLSI's VS1053b data sheet, version 1.31: chapters 7.4 (serial protocol), 9.6 (registers) and 11.11 (pins).
    /// </summary>
    public static class Vs1053Registers
    {
        /// <summary>Instructions of the command interface: opcode, register, 16 bits with the high byte first.</summary>
        public const byte WriteOpcode = 2;

        public const byte ReadOpcode = 3;

        public const byte Mode = 0;
        public const byte Status = 1;
        public const byte ClockF = 3;
        public const byte Wram = 6;
        public const byte WramAddress = 7;
        public const byte Volume = 11;

        /// <summary>SM_SDINEW: data and commands each have a select line of their own.</summary>
        public const int ModeNative = 0x0800;

        /// <summary>SM_RESET: software reset.</summary>
        public const int ModeReset = 0x0004;

        /// <summary>SS_VER, bits 4 to 7 of the status: 4 is a VS1053.</summary>
        public const int Version = 4;

        /// <summary>3.5 times the crystal, and once more when a decoder asks for it: 43 MHz from 12.288.</summary>
        public const int Clock = 0x8800;

        /// <summary>Half decibels of attenuation, left and right: none, and silence.</summary>
        public const int FullVolume = 0x0000;

        public const int Silence = 0xFEFE;

        /// <summary>GPIO direction and output, as the command interface reaches them.</summary>
        public const int GpioDirection = 0xC017;

        public const int GpioOutput = 0xC019;

        /// <summary>Bytes that DREQ vouches for.</summary>
        public const int DataBurst = 32;
    }
}
