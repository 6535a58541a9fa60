using System;
using System.Text;
using SmartRadio.Node.Hardware;
using SmartRadio.Protocol.Reports;

namespace SmartRadio.Node.Reports
{
    /// <summary>
    /// The exception that last ended the program: its type and the innermost place, in a small file that the next start
    /// reports. Not its message, which may hold what was being worked on.
    /// </summary>
    public static class LastFault
    {
        /// <summary>The file.</summary>
        public const string Name = "fault";

        private const string At = "at ";

        /// <summary>Type and place in one line of ASCII.</summary>
        public static string Of(Exception exception)
        {
            string text = exception.GetType().FullName;
            string place = FirstLine(exception.StackTrace);
            return Cut(place.Length == 0 ? text : text + " " + At + place);
        }

        /// <summary>Keeps it for the next start. What the storage refuses is lost; nothing throws.</summary>
        public static void Keep(IFiles files, Exception exception)
        {
            files.Write(Name, Encoding.UTF8.GetBytes(Of(exception)));
        }

        /// <summary>What was kept; empty when there is nothing.</summary>
        public static string Read(IFiles files)
        {
            byte[] kept = files.Read(Name);
            if (kept == null || kept.Length > Health.MaxFault)
            {
                return string.Empty;
            }

            for (int i = 0; i < kept.Length; i++)
            {
                if (kept[i] < ' ' || kept[i] > '~')
                {
                    // Half written.
                    return string.Empty;
                }
            }

            return Encoding.UTF8.GetString(kept, 0, kept.Length);
        }

        private static string FirstLine(string trace)
        {
            string line = trace == null ? string.Empty : trace.Trim();
            int end = line.IndexOf('\n');
            line = end < 0 ? line : line.Substring(0, end).Trim();
            bool hasWord = line.Length > At.Length && line.Substring(0, At.Length) == At;
            return hasWord ? line.Substring(At.Length) : line;
        }

        private static string Cut(string text)
        {
            string cut = string.Empty;
            for (int i = 0; i < text.Length && i < Health.MaxFault; i++)
            {
                cut += text[i] < ' ' || text[i] > '~' ? "?" : text.Substring(i, 1);
            }

            return cut;
        }
    }
}
