using System.Globalization;
using RnnCourse.Cli.Run;
using Spectre.Console;

namespace RnnCourse.Cli.Use;

/// <summary>How words and probabilities are shown.</summary>
internal static class Shown
{
    /// <summary>A word in a table; a star marks one that the model does not know.</summary>
    public static string Word(string word, bool isKnown) =>
        Markup.Escape(Terminal.Printable(word) + (isKnown ? "" : " *"));

    /// <summary>A probability in per cent.</summary>
    public static string Share(double probability) => probability.ToString("0.0 %", CultureInfo.InvariantCulture);
}
