namespace RnnCourse.Notebooks.Session.Scripting;

/// <summary>Writes the names of types as in C#.</summary>
internal static class TypeNames
{
    /// <summary>For example <c>List&lt;int[]&gt;</c> for what .NET calls
    /// <c>System.Collections.Generic.List`1[System.Int32[]]</c>.</summary>
    public static string Describe(Type type)
    {
        if (type.IsArray)
        {
            return $"{Describe(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Describe(inner) + "?";
        }

        var name = type.Name.Split('`')[0];
        if (name.StartsWith("<>", StringComparison.Ordinal))
        {
            name = "(anonymous type)";
        }

        return type.IsGenericType && !name.StartsWith('(')
            ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Describe))}>"
            : name;
    }
}
