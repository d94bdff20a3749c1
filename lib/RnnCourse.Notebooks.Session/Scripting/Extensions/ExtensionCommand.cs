using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Directives;

namespace RnnCourse.Notebooks.Session.Scripting.Extensions;

/// <summary>A <c>#!</c> line that an extension has added.</summary>
/// <param name="Directive">Its name and parameters.</param>
/// <param name="CommandType">The class whose properties receive the parameters.</param>
/// <param name="Handler">What it does.</param>
internal sealed partial record ExtensionCommand(
    KernelActionDirective Directive,
    Type CommandType,
    KernelCommandInvocation Handler
)
{
    private static readonly JsonSerializerOptions ByName = new() { PropertyNameCaseInsensitive = true };

    /// <summary>What it does, as <c>#!lsmagic</c> shows it.</summary>
    public string Purpose => Directive.Description ?? "Was added by a package.";

    /// <summary>Reads the text after the line's name.</summary>
    /// <exception cref="FormatException">The text doesn't fit the parameters.</exception>
    public KernelCommand Read(string argument)
    {
        var given = new JsonObject();
        var words = Word().Matches(argument).Select(match => match.Groups[1].Value + match.Groups[2].Value).ToList();
        for (var i = 0; i < words.Count; i++)
        {
            var parameter = Directive.Parameters.FirstOrDefault(known => known.Name == words[i]);
            if (parameter is { Flag: true })
            {
                Add(parameter, "true");
            }
            else if (parameter is not null)
            {
                Add(
                    parameter,
                    ++i < words.Count ? words[i] : throw new FormatException($"A value must follow {parameter.Name}.")
                );
            }
            else
            {
                parameter = words[i].StartsWith("--", StringComparison.Ordinal)
                    ? null
                    : Directive.Parameters.FirstOrDefault(known => known.AllowImplicitName);
                Add(
                    parameter ?? throw new FormatException($"{Directive.Name} doesn't know '{words[i]}'. {Usage()}"),
                    words[i]
                );
            }
        }

        var missing = Directive.Parameters.FirstOrDefault(parameter =>
            parameter.Required && !given.ContainsKey(PropertyOf(parameter))
        );
        if (missing is not null)
        {
            throw new FormatException($"{Directive.Name} needs {missing.Name}. {Usage()}");
        }

        try
        {
            return (KernelCommand)given.Deserialize(CommandType, ByName)!;
        }
        catch (JsonException e)
        {
            throw new FormatException($"'{argument}' doesn't fit {Directive.Name}: {e.Message} {Usage()}", e);
        }

        void Add(KernelDirectiveParameter parameter, string value)
        {
            var type = CommandType.GetProperties().FirstOrDefault(IsMeant)?.PropertyType;
            if (!given.TryAdd(PropertyOf(parameter), type == typeof(string) ? value : AsJson(value)))
            {
                throw new FormatException($"{parameter.Name} of {Directive.Name} is given twice. {Usage()}");
            }

            bool IsMeant(System.Reflection.PropertyInfo property) =>
                property.Name.Equals(PropertyOf(parameter), StringComparison.OrdinalIgnoreCase);
        }
    }

    // Numbers and booleans are written as such; anything else is text.
    private static JsonNode? AsJson(string value)
    {
        try
        {
            return JsonNode.Parse(value);
        }
        catch (JsonException)
        {
            return value;
        }
    }

    private string Usage() =>
        Directive.Parameters.Count == 0
            ? "Nothing may follow it."
            : $"It knows {string.Join(", ", Directive.Parameters.Select(parameter => parameter.Name))}.";

    // --from-file becomes fromfile, which matches the property FromFile.
    private static string PropertyOf(KernelDirectiveParameter parameter) =>
        parameter.Name.Replace("-", "", StringComparison.Ordinal);

    [GeneratedRegex("""\s*(?:"([^"]*)"|(\S+))""")]
    private static partial Regex Word();

    /// <summary>The command of a line without parameters.</summary>
    internal sealed class WithoutParameters : KernelDirectiveCommand { }
}
