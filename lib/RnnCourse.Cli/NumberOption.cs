using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace RnnCourse.Cli;

/// <summary>Creates options that take a number within bounds. The error message states the bounds. The value of an
/// option that was not given is 0.</summary>
internal static class NumberOption
{
    public static Option<int> Whole(string name, string description, int low, int high) =>
        Make(name, description, low, high, "a whole number");

    public static Option<ulong> Seed(string name, string description) =>
        Make(name, description, 0UL, ulong.MaxValue, "a whole number");

    public static Option<double> Real(string name, string description, double low, double high) =>
        Make(name, description, low, high, "a number");

    private static Option<T> Make<T>(string name, string description, T low, T high, string kind)
        where T : struct, INumber<T>, IMinMaxValue<T> =>
        new(name)
        {
            Description = description,
            HelpName = "number",
            CustomParser = result => Parse(result, name, low, high, kind),
        };

    private static T Parse<T>(ArgumentResult result, string name, T low, T high, string kind)
        where T : struct, INumber<T>, IMinMaxValue<T>
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (
            T.TryParse(
                text,
                NumberStyles.Float & ~NumberStyles.AllowThousands,
                CultureInfo.InvariantCulture,
                out var number
            )
            && number >= low
            && number <= high
        )
        {
            return number;
        }

        var bounds =
            high == T.MaxValue
                ? string.Create(CultureInfo.InvariantCulture, $"at least {low}")
                : string.Create(CultureInfo.InvariantCulture, $"from {low} to {high}");
        result.AddError($"{name} takes {kind}, {bounds}, not '{text}'.");
        return default;
    }
}
