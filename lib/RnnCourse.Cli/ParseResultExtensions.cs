using System.CommandLine;

namespace RnnCourse.Cli;

/// <summary>Distinguishes options that the user gave from those that have their default values.</summary>
internal static class ParseResultExtensions
{
    public static bool IsGiven(this ParseResult parsed, Option option) =>
        parsed.GetResult(option) is { Implicit: false };

    public static T GetValueOr<T>(this ParseResult parsed, Option<T> option, T defaultValue) =>
        parsed.IsGiven(option) ? parsed.GetValue(option)! : defaultValue;
}
