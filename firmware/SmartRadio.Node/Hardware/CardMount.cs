namespace SmartRadio.Node.Hardware
{
    /// <summary>Mounts a card, again where it does not answer at once.</summary>
    public static class CardMount
    {
        public const int Attempts = 4;

        /// <summary>What to say of a card that did not answer, behind a space.</summary>
        public const string Trouble = " The SD card does not answer: check it and its wires and restart, or say storage I.";

        /// <summary>False when the card never answered.</summary>
        public static bool Try(ICard card)
        {
            for (int attempt = 1; attempt < Attempts; attempt++)
            {
                if (card.Mount())
                {
                    return true;
                }

                card.Rest();
            }

            return card.Mount();
        }
    }
}
