using System.Text.Json;
using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Gradients;

/// <summary>A gated layer's run over one sequence as another framework computed it, stored in a file with its inputs
/// and parameters.</summary>
/// <remarks><c>datasets/gradients/README.md</c> says how the file is made. The framework stacks the gates' parameters
/// in one matrix; here each gate has its own.</remarks>
public sealed class StoredRun
{
    private readonly Dictionary<string, Gate> _gates;

    private StoredRun(JsonElement root)
    {
        Framework = $"libtorch {root.GetProperty("libtorch").GetString()}";
        Cell = root.GetProperty("cell").GetString() ?? "";
        (x, Scores) = (Vectors(root.GetProperty(nameof(x))), Vectors(root.GetProperty("scores")));
        var parameters = root.GetProperty("parameters");
        Matrix<double> Rows(string name) =>
            Matrix<double>.Build.DenseOfRowVectors(Vectors(parameters.GetProperty(name)));
        Vector<double> Numbers(string name) => VectorOf(parameters.GetProperty(name));
        (V, c) = (Rows("output.weight"), Numbers("output.bias"));
        string[] names = Cell switch
        {
            "GRU" => ["reset", "keep", "candidate"],
            "LSTM" => ["add", "keep", "candidate", "show"],
            _ => throw new FormatException($"The cell is '{Cell}'; it must be GRU or LSTM."),
        };
        var (U, W, b, b_W) = (
            Rows("rnn.weight_ih_l0"),
            Rows("rnn.weight_hh_l0"),
            Numbers("rnn.bias_ih_l0"),
            Numbers("rnn.bias_hh_l0")
        );
        var H = W.ColumnCount;
        if (U.RowCount != names.Length * H || W.RowCount != U.RowCount || b.Count != U.RowCount || b_W.Count != b.Count)
        {
            throw new FormatException($"A {Cell} of {H} units has {names.Length * H} rows in each parameter.");
        }

        Gate Part(int k)
        {
            var (own, other) = (b.SubVector(k * H, H), b_W.SubVector(k * H, H));
            var apart = Cell == "GRU" && names[k] == "candidate";
            return new(
                U.SubMatrix(k * H, H, 0, U.ColumnCount),
                W.SubMatrix(k * H, H, 0, H),
                apart ? own : own + other,
                apart ? other : null
            );
        }

        _gates = Enumerable.Range(0, names.Length).ToDictionary(k => names[k], Part);
    }

    /// <summary>Name and version of the framework, such as "libtorch 2.10.0.0".</summary>
    public string Framework { get; }

    /// <summary>"GRU" or "LSTM".</summary>
    public string Cell { get; }

    /// <summary>The inputs x_1 … x_n, each of shape (D). The states before the first step are zeros.</summary>
    public IReadOnlyList<Vector<double>> x { get; }

    /// <summary>From the state to the output, shape (K, H).</summary>
    public Matrix<double> V { get; }

    /// <summary>The output's bias, shape (K).</summary>
    public Vector<double> c { get; }

    /// <summary>The framework's scores <c>V s_i + c</c>, n of them, each of shape (K).</summary>
    public IReadOnlyList<Vector<double>> Scores { get; }

    /// <summary>The names of the gates and of the candidate.</summary>
    internal IEnumerable<string> GateNames => _gates.Keys;

    /// <summary>The parameters of a gate or of the candidate.</summary>
    /// <param name="gate">"keep", "candidate", in a GRU "reset", in an LSTM "add" and "show".</param>
    /// <exception cref="KeyNotFoundException">The cell has no such gate.</exception>
    public Gate this[string gate] =>
        _gates.TryGetValue(gate, out var found)
            ? found
            : throw new KeyNotFoundException(
                $"The {Cell} has no gate '{gate}', only {string.Join(", ", _gates.Keys)}."
            );

    /// <summary>How far states are from the framework's: the largest difference of a score.</summary>
    /// <param name="states">s_1 … s_n, each of shape (H).</param>
    /// <exception cref="ArgumentException">There are not n states.</exception>
    public double Difference(IReadOnlyList<Vector<double>> states)
    {
        ArgumentNullException.ThrowIfNull(states);
        if (states.Count != x.Count)
        {
            throw new ArgumentException($"There are {states.Count} states for {x.Count} steps.", nameof(states));
        }

        return states.Zip(Scores, (s_i, scores) => ((V * s_i) + c - scores).AbsoluteMaximum()).Max();
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file, JSON with the fields <c>libtorch</c>, <c>cell</c>, <c>x</c>, <c>parameters</c>
    /// (named as PyTorch names them) and <c>scores</c>; a matrix is a list of its rows.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="FormatException">The file is not JSON, lacks one of the fields, or has shapes that do not
    /// match.</exception>
    public static StoredRun Read(string path)
    {
        var text = File.ReadAllText(path);
        try
        {
            using var json = JsonDocument.Parse(text);
            return new(json.RootElement);
        }
        catch (Exception e)
            when (e
                    is JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or FormatException
                        or ArgumentException
            )
        {
            throw new FormatException(
                $"{path} does not hold a stored run: {e.Message} Restore the file from the repository.",
                e
            );
        }
    }

    private static Vector<double>[] Vectors(JsonElement rows) => [.. rows.EnumerateArray().Select(VectorOf)];

    private static Vector<double> VectorOf(JsonElement numbers) =>
        Vector<double>.Build.DenseOfEnumerable(numbers.EnumerateArray().Select(number => number.GetDouble()));
}
