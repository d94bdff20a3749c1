using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace RnnCourse.Tests;

/// <summary>The public members of an assembly with the documentation that the compiler wrote beside it.</summary>
internal static partial class DocumentedMembers
{
    public sealed record Member(string Id, string Documentation)
    {
        public override string ToString() => Id;
    }

    /// <summary>The members whose signature holds an array of numbers: an array, a span, a vector or a matrix, alone or
    /// within another type.</summary>
    public static IReadOnlyList<Member> WithArrays(Assembly assembly)
    {
        var xml = Path.ChangeExtension(assembly.Location, ".xml");
        var documentation = XDocument
            .Load(xml)
            .Descendants("member")
            .ToDictionary(member => (string)member.Attribute("name")!, member => string.Concat(member.Nodes()));
        return
        [
            .. from type in assembly.GetExportedTypes()
            from member in type.GetMembers(
                BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly
            )
            where !member.IsDefined(typeof(CompilerGeneratedAttribute), false) && Signature(member).Any(HoldsNumbers)
            select new Member($"{type.FullName}.{member.Name}", DocumentationOf(type, member, documentation)),
        ];
    }

    public static bool StatesShape(string documentation) => Shape().IsMatch(documentation);

    private static IEnumerable<Type> Signature(MemberInfo member) =>
        member switch
        {
            MethodInfo { IsSpecialName: true } => [], // accessors: their property speaks for them
            MethodInfo method => [method.ReturnType, .. method.GetParameters().Select(p => p.ParameterType)],
            ConstructorInfo constructor => constructor.GetParameters().Select(p => p.ParameterType),
            PropertyInfo property => [property.PropertyType],
            FieldInfo field => [field.FieldType],
            _ => [],
        };

    private static bool HoldsNumbers(Type type) =>
        type.HasElementType
            ? IsNumber(type.GetElementType()!) || HoldsNumbers(type.GetElementType()!)
            : type.IsGenericType
                && (
                    type.GetGenericTypeDefinition().Name is "Vector`1" or "Matrix`1"
                    || (
                        type.GetGenericTypeDefinition().Name
                            is "Span`1"
                                or "ReadOnlySpan`1"
                                or "Memory`1"
                                or "ReadOnlyMemory`1"
                        && IsNumber(type.GetGenericArguments()[0])
                    )
                    || type.GetGenericArguments().Any(HoldsNumbers)
                );

    private static bool IsNumber(Type type) =>
        type.IsGenericParameter
            ? type.GetGenericParameterConstraints().Any(c => c.Namespace == "System.Numerics")
            : type.IsPrimitive && type != typeof(bool) && type != typeof(char) && type != typeof(byte);

    // A record's constructor and properties are documented by the parameters in the type's own documentation; an
    // inherited text is that of the interface.
    private static string DocumentationOf(Type type, MemberInfo member, Dictionary<string, string> documentation)
    {
        var own = documentation.GetValueOrDefault(IdOf(type, member), "");
        if (own.Length > 0 && !own.Contains("<inheritdoc", StringComparison.Ordinal))
        {
            return own;
        }

        foreach (var contract in type.GetInterfaces())
        {
            if (
                documentation
                    .Where(pair =>
                        pair.Key.Length > 2
                        && pair.Key[2..]
                            .StartsWith(
                                (contract.IsGenericType ? contract.GetGenericTypeDefinition() : contract).FullName
                                    + $".{member.Name}",
                                StringComparison.Ordinal
                            )
                    )
                    .Select(pair => pair.Value)
                    .FirstOrDefault() is
                { } inherited
            )
            {
                return inherited;
            }
        }

        return documentation.GetValueOrDefault("T:" + type.FullName!.Replace('+', '.'), "");
    }

    // The identifier that the compiler gives a member in the documentation file (ECMA-334, annex on documentation
    // comments).
    private static string IdOf(Type type, MemberInfo member)
    {
        var owner = type.FullName!.Replace('+', '.');
        return member switch
        {
            MethodInfo method => $"M:{owner}.{method.Name}"
                + (method.IsGenericMethod ? "``" + method.GetGenericArguments().Length : "")
                + List(method),
            ConstructorInfo constructor => $"M:{owner}.#ctor{List(constructor)}",
            PropertyInfo => $"P:{owner}.{member.Name}",
            _ => $"F:{owner}.{member.Name}",
        };
    }

    private static string List(MethodBase method) =>
        method.GetParameters() is { Length: > 0 } parameters
            ? $"({string.Join(',', parameters.Select(p => NameOf(p.ParameterType)))})"
            : "";

    private static string NameOf(Type type) =>
        type.IsByRef ? NameOf(type.GetElementType()!) + "@"
        : type.IsArray
            ? NameOf(type.GetElementType()!)
                + (
                    type.GetArrayRank() == 1
                        ? "[]"
                        : $"[{string.Join(',', Enumerable.Repeat("0:", type.GetArrayRank()))}]"
                )
        : type.IsGenericParameter ? (type.DeclaringMethod is null ? "`" : "``") + type.GenericParameterPosition
        : type.IsGenericType
            ? type.GetGenericTypeDefinition().FullName!.Split('`')[0].Replace('+', '.')
                + $"{{{string.Join(',', type.GetGenericArguments().Select(NameOf))}}}"
        : type.FullName!.Replace('+', '.');

    [GeneratedRegex(@"\bshape\b|\blength [A-Z]|\([A-Z](?:\s*[,·]\s*[A-Z0-9]+)*\)")]
    private static partial Regex Shape();
}
