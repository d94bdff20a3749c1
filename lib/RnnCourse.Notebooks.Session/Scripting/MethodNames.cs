using System.Reflection;
using System.Text.RegularExpressions;

namespace RnnCourse.Notebooks.Session.Scripting;

/// <summary>Writes the names of methods as in the source code, not as the compiler makes them.</summary>
internal static partial class MethodNames
{
    /// <summary>For example <c>VanillaRnn.Forward</c>; empty for the top level of a cell.</summary>
    public static string Describe(MethodBase? method)
    {
        if (method is null)
        {
            return "";
        }

        // A state machine's MoveNext and a lambda's class are nested in the type that the author wrote.
        var type = method.DeclaringType;
        var name = OriginalName(method.Name);
        while (type is not null && type.Name.StartsWith('<'))
        {
            name = method.Name == "MoveNext" ? OriginalName(type.Name) : name;
            type = type.DeclaringType;
        }

        var inCell = type is null || type.Name.StartsWith("Submission#", StringComparison.Ordinal);
        if (inCell)
        {
            return name is "<Initialize>" or "<Factory>" or "Initialize" or "Factory" ? "" : name;
        }

        name = name is ".ctor" or ".cctor" ? "constructor" : name;
        return $"{ShortName(type!)}.{name}";
    }

    private static string ShortName(Type type)
    {
        var name = type.Name.Split('`')[0];
        return type.DeclaringType is { } outer && !outer.Name.StartsWith("Submission#", StringComparison.Ordinal)
            ? $"{ShortName(outer)}.{name}"
            : name;
    }

    // <Work>d__1 and <Work>b__0 come from Work; <Work>g__Local|0_1 is the local function Local.
    private static string OriginalName(string name)
    {
        if (LocalFunction().Match(name) is { Success: true } local)
        {
            return local.Groups[1].Value;
        }

        return Generated().Match(name) is { Success: true } generated ? generated.Groups[1].Value.Trim('<', '>') : name;
    }

    [GeneratedRegex(@"^<.*>g__([^|]+)\|")]
    private static partial Regex LocalFunction();

    [GeneratedRegex(@"^<(.+)>[a-z]__")]
    private static partial Regex Generated();
}
