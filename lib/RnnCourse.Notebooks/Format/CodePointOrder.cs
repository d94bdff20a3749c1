namespace RnnCourse.Notebooks.Format;

/// <summary>Orders texts by Unicode code point, as Jupyter's writer sorts its keys; ordinal order in .NET is by UTF-16
/// unit.</summary>
internal sealed class CodePointOrder : IComparer<string>
{
    public static readonly CodePointOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
        {
            return string.CompareOrdinal(x, y);
        }

        var length = Math.Min(x.Length, y.Length);
        for (var i = 0; i < length; i++)
        {
            if (x[i] != y[i])
            {
                return char.IsSurrogate(x[i]) == char.IsSurrogate(y[i])
                    ? x[i].CompareTo(y[i])
                    : char.IsSurrogate(x[i]).CompareTo(char.IsSurrogate(y[i]));
            }
        }

        return x.Length.CompareTo(y.Length);
    }
}
