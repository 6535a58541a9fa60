using System;
using System.IO;
using System.Text;

namespace SmartRadio.Node.Esp32.Settings
{
    /// <summary>
    /// The settings on the internal flash: <c>I:\node.txt</c>, written anew beside the old one and told to be whole by its last line,
    /// because a move never overwrites; and the certificate <c>I:\broker.pem</c>.
    /// </summary>
    public static class SettingsFile
    {
        private const string Name = "I:\\node.txt";
        private const string Newer = "I:\\node.new";
        private const string Certificate = "I:\\broker.pem";
        private const string ResetMark = "I:\\reset.done";
        private const string End = "end=\n";
        private const int MaxBytes = 4096;

        /// <summary>What is set; empty when nothing is.</summary>
        public static DeviceSettings Load()
        {
            string newer = Text(Newer);
            if (newer.Length >= End.Length && newer.Substring(newer.Length - End.Length) == End)
            {
                // The power went between the two.
                File.Delete(Name);
                File.Move(Newer, Name);
            }

            return DeviceSettings.Parse(Text(Name));
        }

        /// <summary>False when the flash refuses; the earlier settings then still count.</summary>
        public static bool Store(DeviceSettings settings)
        {
            try
            {
                File.WriteAllBytes(Newer, Encoding.UTF8.GetBytes(settings.Write() + End));
                File.Delete(Name);
                File.Move(Newer, Name);
                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <summary>PEM; null when there is none.</summary>
        /// <summary>The PEM text that was pasted, or null.</summary>
        public static string LoadCertificate()
        {
            if (!File.Exists(Certificate))
            {
                return null;
            }

            byte[] pem = File.ReadAllBytes(Certificate);
            return Encoding.UTF8.GetString(pem, 0, pem.Length);
        }

        public static void StoreCertificate(string pem)
        {
            File.WriteAllBytes(Certificate, Encoding.UTF8.GetBytes(pem));
        }

        /// <summary>Whether an earlier reset left its mark.</summary>
        public static bool IsMarked
        {
            get { return File.Exists(ResetMark); }
        }

        public static void Unmark()
        {
            File.Delete(ResetMark);
        }

        /// <summary>Erases identity, settings and everything in the node's folder of both drives. The mark comes first, so that it is done once.</summary>
        public static void Erase()
        {
            File.WriteAllBytes(ResetMark, new byte[1]);
            Delete(Newer);
            Delete(Name);
            Delete(Certificate);
            EraseFolder("I:\\smartradio");
            EraseFolder("D:\\smartradio");
        }

        private static void EraseFolder(string folder)
        {
            try
            {
                string[] files = Directory.GetFiles(folder);
                for (int i = 0; i < files.Length; i++)
                {
                    File.Delete(files[i]);
                }
            }
            catch (Exception)
            {
                // No such drive or folder: nothing of this node is there.
            }
        }

        private static void Delete(string file)
        {
            if (File.Exists(file))
            {
                File.Delete(file);
            }
        }

        private static string Text(string file)
        {
            if (!File.Exists(file))
            {
                return string.Empty;
            }

            byte[] content = File.ReadAllBytes(file);
            return content.Length > MaxBytes ? string.Empty : Encoding.UTF8.GetString(content, 0, content.Length);
        }
    }
}
