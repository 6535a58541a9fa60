using System.Collections;

namespace SmartRadio.Node.Setup
{
    /// <summary>
    /// The words of a line that was typed. What stands in quotes is one word, and behind a \ a quote or a \ is a sign like any
    /// other.
    /// </summary>
    public static class TypedWords
    {
        /// <summary>The words, or null when a quote was left open.</summary>
        public static string[] Of(string line)
        {
            ArrayList found = new ArrayList();
            char[] word = new char[line.Length];
            int length = 0;
            bool isWord = false;
            bool isQuoted = false;
            for (int i = 0; i < line.Length; i++)
            {
                char c = line[i];
                if (c == ' ' && !isQuoted)
                {
                    if (isWord)
                    {
                        found.Add(new string(word, 0, length));
                    }

                    length = 0;
                    isWord = false;
                    continue;
                }

                isWord = true;
                if (c == '"')
                {
                    isQuoted = !isQuoted;
                    continue;
                }

                if (c == '\\' && i + 1 < line.Length && (line[i + 1] == '"' || line[i + 1] == '\\'))
                {
                    i++;
                }

                word[length] = line[i];
                length++;
            }

            if (isWord)
            {
                found.Add(new string(word, 0, length));
            }

            string[] words = isQuoted ? null : new string[found.Count];
            for (int i = 0; !isQuoted && i < words.Length; i++)
            {
                words[i] = (string)found[i];
            }

            return words;
        }
    }
}
