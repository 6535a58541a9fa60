using SmartRadio.Node.Hardware;
using SmartRadio.Node.Link;

namespace SmartRadio.Node.Setup
{
    /// <summary>How an attempt to redeem an enrolment code ended.</summary>
    public enum RedemptionOutcome
    {
        Redeemed,
        NoNetwork,

        /// <summary>No controller answered, or its certificate was not believed.</summary>
        NoController,

        /// <summary>The controller cannot just now.</summary>
        Busy,

        /// <summary>The controller refused the code.</summary>
        Refused,

        /// <summary>The controller gave an answer that cannot be used.</summary>
        NotWhole,
    }

    /// <summary>
    /// When a code is redeemed and what the installer is told. It is tried again, ever more slowly, until a controller took or
    /// refused it; each way to fail is said once, until somebody types again.
    /// </summary>
    public sealed class CodeRedemption
    {
        private const int FirstDelay = 5000;
        private const int LongestDelay = 60000;

        /// <summary>
        /// µs without typing before an attempt, which stops the console: a certificate is pasted in many lines.
        /// </summary>
        private const long Quiet = 3000000;

        private readonly Backoff _backoff;
        private long _dueAt;
        private int _said;

        public CodeRedemption(IJitter jitter)
        {
            _backoff = new Backoff(FirstDelay, LongestDelay, jitter);
        }

        /// <summary>What the status of an HTTP answer that brings no identity means.</summary>
        public static RedemptionOutcome OutcomeOf(int status)
        {
            return status == 400 || status == 409 || status == 422 ? RedemptionOutcome.Refused
                : status == 408 || status == 429 || status >= 500 ? RedemptionOutcome.Busy : RedemptionOutcome.NoController;
        }

        /// <summary>Whether the code is of no use any more.</summary>
        public static bool IsOver(RedemptionOutcome outcome)
        {
            return outcome == RedemptionOutcome.Redeemed || outcome == RedemptionOutcome.Refused
                || outcome == RedemptionOutcome.NotWhole;
        }

        /// <summary>Somebody typed: perhaps what was wrong is right now.</summary>
        /// <param name="now">µs of the node's own clock.</param>
        public void Typed(long now)
        {
            _backoff.Succeeded();
            _dueAt = now + Quiet;
            _said = 0;
        }

        public bool IsDue(long now)
        {
            return now >= _dueAt;
        }

        /// <summary>What to say of an attempt that ended now; null when that was said already.</summary>
        public string Ended(RedemptionOutcome outcome, long now)
        {
            _dueAt = now + (_backoff.Next() * 1000L);
            int mark = 1 << (int)outcome;
            if ((_said & mark) != 0)
            {
                return null;
            }

            _said |= mark;
            switch (outcome)
            {
                case RedemptionOutcome.NoNetwork:
                    return "There is no network yet. The code is kept and tried again.";
                case RedemptionOutcome.NoController:
                    return "No controller answered there, or its certificate is not the pasted one, does not name that host, or is out of date by this clock."
                        + " The code is kept and tried again.";
                case RedemptionOutcome.Busy:
                    return "The controller cannot just now. The code is kept and tried again.";
                case RedemptionOutcome.Refused:
                    return "The controller refused the code: make a new one on the node's page.";
                case RedemptionOutcome.NotWhole:
                    return "The controller's answer is not whole: make a new code on the node's page.";
                default:
                    return null;
            }
        }
    }
}
