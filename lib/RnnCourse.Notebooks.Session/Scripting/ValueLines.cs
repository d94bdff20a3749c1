using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using RnnCourse.Notebooks.Format;

namespace RnnCourse.Notebooks.Session.Scripting;

/// <summary>
/// Turns <c>#!set</c>, <c>#!share</c> and <c>#!value</c> into C#. In .NET Interactive they pass values between kernels;
/// here there is only one, so each declares a variable.
/// </summary>
internal static partial class ValueLines
{
    private const string Own = "csharp";
    private const string Texts = "value";

    /// <summary><c>#!set --name x --value 5</c>: a variable whose value is given in the line, entered by the reader, or
    /// copied from another variable.</summary>
    /// <exception cref="FormatException">The line isn't complete; the message says what it lacks.</exception>
    public static string Set(MagicStep step)
    {
        var options = Read(step, "--name", "--value");
        var value = Option(options, "--value") ?? throw Lacks(step, "--value 5");
        return $"var {Identifier(Option(options, "--name") ?? throw Lacks(step, "--name x"))} = {Expression(value)};";
    }

    /// <summary><c>#!share --from csharp x --as y</c>: a variable under another name.</summary>
    /// <exception cref="FormatException">The line isn't complete, or names another kernel.</exception>
    public static string Share(MagicStep step)
    {
        var options = Read(step, "--from", "--name", "--as");
        RequireKernel(Option(options, "--from") ?? throw Lacks(step, "--from csharp"));
        var name = Identifier(Option(options, "") ?? Option(options, "--name") ?? throw Lacks(step, "x"));
        return Option(options, "--as") is { } other && other != name
            ? $"var {Identifier(other)} = {name};"
            : $"_ = {name};";
    }

    /// <summary><c>#!value --name x</c>: a variable whose value is the text below the line, the text of a file, or
    /// another value.</summary>
    /// <exception cref="FormatException">The line isn't complete.</exception>
    public static string Value(MagicStep step)
    {
        var options = Read(step, "--name", "--from-file", "--from-value");
        var value =
            Option(options, "--from-file") is { } file ? ReadText(Unquoted(file))
            : Option(options, "--from-value") is { } other ? Expression(other)
            : Literal(step.Text);
        return $"var {Identifier(Option(options, "--name") ?? throw Lacks(step, "--name x"))} = {value};";
    }

    // A device file may have no end.
    private static string ReadText(string file) =>
        FileKind.IsSpecial(file)
            ? throw new FormatException($"{file} is a device, a pipe or a socket, not a file.")
            : $"System.IO.File.ReadAllText({Literal(file)})";

    private static string Expression(string value)
    {
        if (Reference().Match(value) is not { Success: true } reference)
        {
            return value.StartsWith('"') ? Literal(Unquoted(value))
                : JsonLiteral().IsMatch(value) ? value
                : Literal(value);
        }

        var (kernel, rest) = (reference.Groups["kernel"].Value, reference.Groups["rest"].Value);
        switch (kernel)
        {
            case "input":
                return $"Input({Literal(Prompt(rest))})";
            case "password":
                return $"Password({Literal(Prompt(rest))})";
            default:
                RequireKernel(kernel);
                return Identifier(rest);
        }
    }

    private static void RequireKernel(string kernel)
    {
        if (kernel is not (Own or Texts))
        {
            throw new FormatException($"The kernel '{kernel}' isn't here: values come from {Own} and {Texts} only.");
        }
    }

    // Either plain text, or .NET Interactive's JSON with more settings.
    private static string Prompt(string rest) =>
        JsonPrompt().Match(rest) is { Success: true } json ? Unquoted(json.Groups["text"].Value) : Unquoted(rest);

    private static string Identifier(string name) =>
        SyntaxFacts.IsValidIdentifier(Unquoted(name))
            ? Unquoted(name)
            : throw new FormatException($"'{name}' can't be the name of a variable.");

    private static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    private static string Unquoted(string word) => word is ['"', .., '"'] ? Regex.Unescape(word[1..^1]) : word;

    private static FormatException Lacks(MagicStep step, string what) =>
        new($"{step.Command.Name} lacks a part: write it as {step.Command.Name} … {what}.");

    private static string? Option(List<(string Name, string Value)> options, string name) =>
        options.Where(option => option.Name == name).Select(option => option.Value).FirstOrDefault();

    // Pairs of an option and its value; a word without an option has no name.
    private static List<(string Name, string Value)> Read(MagicStep step, params string[] known)
    {
        var words = Word().Matches(step.Argument).Select(match => match.Value).ToList();
        var options = new List<(string, string)>();
        for (var i = 0; i < words.Count; i++)
        {
            if (!words[i].StartsWith("--", StringComparison.Ordinal))
            {
                options.Add(("", words[i]));
            }
            else if (words[i] == "--from-url")
            {
                throw new FormatException(
                    "Addresses aren't read here. Write it in C#: var x = await new "
                        + "System.Net.Http.HttpClient().GetStringAsync(\"https://…\");"
                );
            }
            else if (words[i] != "--byref")
            {
                // How a value is shown is decided where it is shown.
                if (words[i] != "--mime-type" && !known.Contains(words[i]))
                {
                    throw new FormatException(
                        $"{step.Command.Name} doesn't know {words[i]}. It knows {string.Join(", ", known)}."
                    );
                }

                options.Add((words[i], i + 1 < words.Count ? words[++i] : throw Lacks(step, $"{words[i]} …")));
            }
        }

        return options;
    }

    [GeneratedRegex("""(?:[^\s"{]|"(?:\\.|[^"\\])*"|\{[^}]*\})+""")]
    private static partial Regex Word();

    [GeneratedRegex("^@(?<kernel>[A-Za-z][A-Za-z0-9.-]*)(:(?<rest>.*))?$", RegexOptions.Singleline)]
    private static partial Regex Reference();

    [GeneratedRegex("""^\{.*"prompt"\s*:\s*(?<text>"(\\.|[^"\\])*").*\}$""", RegexOptions.Singleline)]
    private static partial Regex JsonPrompt();

    [GeneratedRegex(@"^(-?(0|[1-9]\d{0,8})(\.\d+)?([eE][+-]?\d+)?|true|false)$")]
    private static partial Regex JsonLiteral();
}
