using MathNet.Numerics.LinearAlgebra;

namespace RnnCourse.Exercises.Formulas;

/// <summary>The given values and those that a computation has computed so far.</summary>
internal sealed class Memory
{
    private readonly Dictionary<string, Matrix<double>> _values;
    private readonly Dictionary<string, int> _numbers;

    /// <summary>Creates a memory with given values.</summary>
    /// <param name="values">The given values by name; an item of a list as <c>x[3]</c>. A vector has one
    /// column.</param>
    /// <param name="numbers">Whole numbers, such as n.</param>
    public Memory(IReadOnlyDictionary<string, Matrix<double>> values, IReadOnlyDictionary<string, int> numbers)
    {
        (_values, _numbers) = (new(values), new(numbers));
    }

    /// <summary>Creates a memory with numbers, vectors and matrices.</summary>
    /// <param name="given">Names and values: a number, a vector, a matrix or a whole number; null for a missing
    /// one.</param>
    /// <exception cref="ArgumentException">A value is of another kind.</exception>
    public static Memory With(params (string Name, object? Value)[] given)
    {
        var values = new Dictionary<string, Matrix<double>>();
        var numbers = new Dictionary<string, int>();
        foreach (var (name, value) in given)
        {
            switch (value)
            {
                case int number:
                    numbers[name] = number;
                    break;
                case double number:
                    values[name] = Matrix<double>.Build.Dense(1, 1, number);
                    break;
                case Vector<double> vector:
                    values[name] = vector.ToColumnMatrix();
                    break;
                case Matrix<double> matrix:
                    values[name] = matrix;
                    break;
                case double[] vector:
                    values[name] = Matrix<double>.Build.Dense(vector.Length, 1, vector);
                    break;
                case null:
                    break;
                default:
                    throw new ArgumentException($"{name} is a {value.GetType()}.", nameof(given));
            }
        }

        return new(values, numbers);
    }

    /// <summary>Adds the items of a list.</summary>
    /// <param name="name">The list's name.</param>
    /// <param name="items">The items.</param>
    /// <param name="first">The place of the first one.</param>
    public Memory AndList(string name, IEnumerable<Vector<double>> items, int first = 1)
    {
        foreach (var item in items)
        {
            this[$"{name}[{first++}]"] = item.ToColumnMatrix();
        }

        return this;
    }

    /// <summary>Whether a quotient is truncated to a whole number, as for two integers in C#.</summary>
    public bool DividesWholeNumbers { get; init; }

    /// <summary>The same values, so that one computation does not see what another one has computed.</summary>
    /// <param name="dividesWholeNumbers">Whether quotients are whole numbers.</param>
    public Memory Copy(bool dividesWholeNumbers = false) =>
        new(_values, _numbers) { DividesWholeNumbers = dividesWholeNumbers };

    /// <summary>The value with this name, or null.</summary>
    public Matrix<double>? this[string name]
    {
        get => _values.GetValueOrDefault(name);
        set => _values[name] = value!;
    }

    /// <summary>A value that is one number.</summary>
    /// <exception cref="MiscomputedException">There is none.</exception>
    public double ValueOf(string name) => this[name] is { } value ? value[0, 0] : throw new MiscomputedException();

    /// <summary>A whole number.</summary>
    public int NumberOf(string name) =>
        _numbers.TryGetValue(name, out var number) ? number : throw new MiscomputedException();

    /// <summary>Whether there is a whole number of this name.</summary>
    public bool Knows(string name) => _numbers.ContainsKey(name);

    /// <summary>Sets a whole number, such as the place in a loop.</summary>
    public void SetNumber(string name, int value) => _numbers[name] = value;
}

/// <summary>A mistake leads to a computation that is impossible: in C# it would throw, or not compile.</summary>
internal sealed class MiscomputedException : Exception;
