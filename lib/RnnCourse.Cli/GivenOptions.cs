using System.CommandLine;

namespace RnnCourse.Cli;

/// <summary>Tells options that a user gave from those that have their usual values.</summary>
internal static class GivenOptions
{
    public static bool IsGiven(this ParseResult parsed, Option option) =>
        parsed.GetResult(option) is { Implicit: false };

    public static T Or<T>(this ParseResult parsed, Option<T> option, T usual) =>
        parsed.IsGiven(option) ? parsed.GetValue(option)! : usual;
}
