using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;

namespace RnnCourse.Notebooks.Running;

/// <summary>Writes a parameter's value in C#, so that it fits the type that the notebook declares.</summary>
internal static partial class ParameterLiteral
{
    /// <param name="name">The parameter's name, for messages.</param>
    /// <param name="value">The value as typed.</param>
    /// <param name="type">The declared type; null to infer the type from the value.</param>
    /// <exception cref="ParameterException">The value doesn't fit.</exception>
    public static string Write(string name, string value, string? type)
    {
        type = type?.Replace("System.", "", StringComparison.Ordinal).Trim();
        if (type is not null && type.EndsWith('?'))
        {
            return value is "null" ? "null" : Write(name, value, type[..^1]);
        }

        return type is null ? Infer(name, value)
            : ElementOf(type) is { } element ? List(name, value, element, type)
            : Scalar(value, type)
                ?? throw new ParameterException(
                    $"'{value}' doesn't fit {name}, which the notebook declares as {type}."
                );
    }

    private static string? Scalar(string value, string type) =>
        type switch
        {
            "string" or "String" => SymbolDisplay.FormatLiteral(value, quote: true),
            "char" => value.Length == 1 ? SymbolDisplay.FormatLiteral(value[0], quote: true) : null,
            "bool" or "Boolean" => value switch
            {
                "true" or "True" => "true",
                "false" or "False" => "false",
                _ => null,
            },
            "int" or "Int32" => Integer<int>(value, ""),
            "long" or "Int64" => Integer<long>(value, "L"),
            "short" => Integer<short>(value, ""),
            "byte" => Integer<byte>(value, ""),
            "uint" => Integer<uint>(value, "u"),
            "ulong" => Integer<ulong>(value, "ul"),
            "double" or "Double" => Real(value, "double", ""),
            "float" or "Single" => Real(value, "float", "f"),
            "decimal" or "Decimal" => decimal.TryParse(
                value,
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out var number
            )
                ? number.ToString(CultureInfo.InvariantCulture) + "m"
                : null,

            // The compiler knows more types than this program: it will say what is wrong.
            _ => Infer(type, value),
        };

    private static string? Integer<T>(string value, string suffix)
        where T : struct, System.Numerics.IBinaryInteger<T> =>
        T.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number.ToString(null, CultureInfo.InvariantCulture) + suffix
            : null;

    private static string? Real(string value, string type, string suffix) =>
        value switch
        {
            "NaN" or "nan" => $"{type}.NaN",
            "inf" or "Infinity" => $"{type}.PositiveInfinity",
            "-inf" or "-Infinity" => $"{type}.NegativeInfinity",
            _ when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    && double.IsFinite(number) => number.ToString("R", CultureInfo.InvariantCulture) is var text
            && suffix.Length == 0
            && text.AsSpan().IndexOfAny('.', 'E') < 0
                ? text + ".0"
                : text + suffix,
            _ => null,
        };

    private static string Infer(string name, string value) =>
        value switch
        {
            "null" or "None" => "null",
            _ when value.StartsWith('[') => List(name, value, null, "list"),
            _ => Scalar(value, "bool")
                ?? Scalar(value, "int")
                ?? Scalar(value, "long")
                ?? Scalar(value, "double")
                ?? Scalar(value, "string")!,
        };

    private static string List(string name, string value, string? element, string type)
    {
        try
        {
            using var list = JsonDocument.Parse(value);
            if (list.RootElement.ValueKind == JsonValueKind.Array)
            {
                var items = list.RootElement.EnumerateArray().Select(item => Item(name, item, element));
                return $"[{string.Join(", ", items)}]";
            }
        }
        catch (JsonException)
        {
            // Reported below.
        }

        throw new ParameterException(
            $"'{value}' doesn't fit {name} ({type}). Write a list as in JSON, such as [1, 2.5] or [\"a\", \"b\"]."
        );
    }

    // In a list, quoted items are strings even if they look like numbers.
    private static string Item(string name, JsonElement item, string? element) =>
        item.ValueKind switch
        {
            JsonValueKind.String when element is null => SymbolDisplay.FormatLiteral(item.GetString()!, quote: true),
            JsonValueKind.String => Write(name, item.GetString()!, element),
            _ => Write(name, item.GetRawText(), element),
        };

    private static string? ElementOf(string type) =>
        Sequence().Match(type) is { Success: true } match
            ? match.Groups["array"].Success
                ? match.Groups["array"].Value
                : match.Groups["item"].Value
            : null;

    [GeneratedRegex(
        @"^(?:(?<array>.+)\[\]|(?:[\w.]+\.)?"
            + @"(?:List|IList|IReadOnlyList|IEnumerable|ICollection|IReadOnlyCollection|HashSet|ISet)<(?<item>.+)>)$"
    )]
    private static partial Regex Sequence();
}
