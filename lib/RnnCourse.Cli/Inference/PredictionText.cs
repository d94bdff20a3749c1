using System.Globalization;
using Spectre.Console;

namespace RnnCourse.Cli.Inference;

/// <summary>Formats words and probabilities for tables.</summary>
internal static class PredictionText
{
    /// <summary>A word in a table; a star marks one that the model does not know.</summary>
    public static string Word(string word, bool isKnown) =>
        Markup.Escape(Terminal.Printable(word) + (isKnown ? "" : " *"));

    /// <summary>A probability as a percentage.</summary>
    public static string Percentage(double probability) => probability.ToString("0.0 %", CultureInfo.InvariantCulture);
}
