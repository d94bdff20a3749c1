using System.Reflection;
using System.Text.RegularExpressions;

namespace RnnCourse.Cli.Tests.PublicApi;

/// <summary>A public type of a library, or a member of one.</summary>
/// <param name="Name">The name without type parameters, such as <c>RnnCourse.Model.Parameter.Twin</c>.</param>
/// <param name="Keys">What a compiled call of it names; see <see cref="CompiledReferences"/>.</param>
/// <param name="Identifier">What a cell that uses it contains.</param>
/// <param name="IsConstant">Whether the compiler puts its value in place of its name.</param>
internal sealed record PublicMember(string Name, IReadOnlyList<string> Keys, string Identifier, bool IsConstant)
{
    private const BindingFlags Declared =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    /// <summary>All of an assembly, without what is called through a base class or an interface, and without what the
    /// compiler makes for records.</summary>
    public static IReadOnlyList<PublicMember> Of(Assembly assembly) =>
        [
            .. assembly
                .GetExportedTypes()
                .Where(type => !type.Name.Contains('<', StringComparison.Ordinal))
                .SelectMany(type => MembersOf(type).Prepend(new(NameOf(type), [NameOf(type)], Short(type), false))),
        ];

    /// <summary>A type's full name without the numbers of type parameters.</summary>
    public static string NameOf(Type type) =>
        type.DeclaringType is { } outer ? $"{NameOf(outer)}.{Short(type)}" : $"{type.Namespace}.{Short(type)}";

    private static string Short(Type type) => WithoutArity(type.Name);

    private static string WithoutArity(string name) => name.Split('`')[0];

    private static IEnumerable<PublicMember> MembersOf(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            yield break;
        }

        var owner = NameOf(type);
        foreach (var field in type.GetFields(Declared).Where(field => field.IsPublic && !field.IsSpecialName))
        {
            yield return new($"{owner}.{field.Name}", [$"{owner}.{field.Name}"], field.Name, field.IsLiteral);
        }

        foreach (var property in type.GetProperties(Declared))
        {
            var accessors = property.GetAccessors(nonPublic: true).Where(IsVisible).ToList();
            if (accessors.Count > 0 && !accessors.All(accessor => IsCalledThroughAnother(type, accessor)))
            {
                var identifier = property.GetIndexParameters().Length > 0 ? Short(type) : property.Name;
                yield return new(
                    $"{owner}.{property.Name}",
                    [.. accessors.Select(accessor => Key(owner, accessor))],
                    identifier,
                    false
                );
            }
        }

        foreach (var constructor in type.GetConstructors(Declared).Where(IsVisible))
        {
            yield return new($"{owner}.{Short(type)}", [Key(owner, constructor)], Short(type), false);
        }

        foreach (var method in type.GetMethods(Declared).Where(method => IsVisible(method) && !IsAccessor(method)))
        {
            if (!IsCalledThroughAnother(type, method) && !IsOfRecord(type, method))
            {
                yield return new($"{owner}.{method.Name}", [Key(owner, method)], method.Name, false);
            }
        }
    }

    private static string Key(string owner, MethodBase method) =>
        $"{owner}.{method.Name}/{method.GetParameters().Length}";

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsAccessor(MethodInfo method) =>
        method.IsSpecialName && Regex.IsMatch(method.Name, "^(get|set|add|remove)_");

    private static bool IsCalledThroughAnother(Type type, MethodInfo method) =>
        method.GetBaseDefinition().DeclaringType != method.DeclaringType
        || (
            !type.IsInterface
            && type.GetInterfaces().Any(face => type.GetInterfaceMap(face).TargetMethods.Contains(method))
        );

    private static bool IsOfRecord(Type type, MethodInfo method) =>
        method.Name
            is "Deconstruct"
                or "Equals"
                or "GetHashCode"
                or "<Clone>$"
                or "op_Equality"
                or "op_Inequality"
                or "PrintMembers"
                or "get_EqualityContract"
        && type.GetMethod("PrintMembers", Declared) is not null;
}
