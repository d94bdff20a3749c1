using System.Text.Json.Nodes;
using MathNet.Numerics.LinearAlgebra;

namespace RnnCourse.Plotting.Explorables;

/// <summary>One step of a network on a page: it makes a sequence of columns out of those before it.</summary>
/// <param name="Kind">What it computes: <c>rnn</c>, <c>gru</c>, <c>lstm</c>, <c>dense</c>, <c>softmax</c>,
/// <c>stack</c>, <c>rows</c> or <c>attend</c>.</param>
/// <param name="Out">The name of what it makes.</param>
/// <param name="In">The name of what it reads; null if it has other names for that.</param>
internal sealed record NetworkStep(string Kind, string Out, string? In)
{
    private readonly Dictionary<string, (int Rows, int Columns, double[] Values)> _weights = [];

    /// <summary>The weights by their names, row after row, each number rounded to 32 bits.</summary>
    public IReadOnlyDictionary<string, (int Rows, int Columns, double[] Values)> Weights => _weights;

    /// <summary>Whether a cell runs from the last step to the first.</summary>
    public bool Reversed { get; init; }

    /// <summary>The second of two sequences that are stacked.</summary>
    public string? Below { get; init; }

    /// <summary>The first of the rows that are taken.</summary>
    public int From { get; init; }

    /// <summary>How many rows are taken.</summary>
    public int Count { get; init; }

    /// <summary>The name of the queries, if it attends.</summary>
    public string? Queries { get; init; }

    /// <summary>The name of the keys, with which the queries are compared.</summary>
    public string? Keys { get; init; }

    /// <summary>The name of the values, of which a mixture is made.</summary>
    public string? Values { get; init; }

    /// <summary>Adds a matrix.</summary>
    public NetworkStep With(string name, Matrix<double> weights) =>
        With(name, weights.RowCount, weights.ColumnCount, weights.ToRowMajorArray());

    /// <summary>Adds a vector.</summary>
    public NetworkStep With(string name, Vector<double> weights) => With(name, weights.Count, 1, weights.ToArray());

    /// <summary>Adds weights.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="values">The numbers, shape (rows, columns), row after row.</param>
    public NetworkStep With(string name, int rows, int columns, double[] values)
    {
        _weights[name] = (rows, columns, [.. values.Select(value => (double)(float)value)]);
        return this;
    }

    /// <summary>The step as the page's script reads it.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["op"] = Kind, ["out"] = Out };
        foreach (
            var (name, value) in (ReadOnlySpan<(string, string?)>)
                [("in", In), ("below", Below), ("queries", Queries), ("keys", Keys), ("values", Values)]
        )
        {
            if (value is not null)
            {
                json[name] = value;
            }
        }

        if (Count > 0)
        {
            (json["from"], json["count"]) = (From, Count);
        }

        if (Reversed)
        {
            json["reversed"] = true;
        }

        if (_weights.Count > 0)
        {
            var weights = new JsonObject();
            foreach (var (name, (rows, columns, values)) in _weights)
            {
                weights[name] = new JsonObject
                {
                    ["rows"] = rows,
                    ["columns"] = columns,
                    ["values"] = PackedNumbers.Of(values),
                };
            }

            json["weights"] = weights;
        }

        return json;
    }
}
