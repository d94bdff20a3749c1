namespace RnnCourse.Exercises.Formulas;

/// <summary>A place in a list, or an end of a loop: a sum of names and a number, such as <c>i − 1</c>.</summary>
/// <param name="Plus">The names that are added.</param>
/// <param name="Minus">The names that are subtracted.</param>
/// <param name="Offset">The number.</param>
internal sealed record IndexExpression(IReadOnlyList<string> Plus, IReadOnlyList<string> Minus, int Offset)
{
    public static implicit operator IndexExpression(string name) => new([name], [], 0);

    public static implicit operator IndexExpression(int number) => new([], [], number);

    public static IndexExpression operator +(IndexExpression index, int number) =>
        index with
        {
            Offset = index.Offset + number,
        };

    public static IndexExpression operator -(IndexExpression index, int number) => index + -number;

    public int Of(Memory memory) => Plus.Sum(memory.NumberOf) - Minus.Sum(memory.NumberOf) + Offset;

    public override string ToString()
    {
        var names = string.Join(" + ", Plus) + string.Concat(Minus.Select(name => $" − {name}"));
        return names.Length == 0 ? Offset.ToString(System.Globalization.CultureInfo.InvariantCulture)
            : Offset > 0 ? $"{names} + {Offset}"
            : Offset < 0 ? $"{names} − {-Offset}"
            : names;
    }
}
