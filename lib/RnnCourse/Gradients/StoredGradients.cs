using System.Text.Json;

namespace RnnCourse.Gradients;

/// <summary>A network's loss and gradients as another framework computed them, stored in a file.</summary>
/// <remarks>The file names the framework and its version, and holds the inputs and parameters as well, so that both can
/// be seen to compute the same thing. <c>datasets/gradients/README.md</c> says how the file is made.</remarks>
public sealed class StoredGradients
{
    private StoredGradients(
        string framework,
        IReadOnlyList<string> words,
        double loss,
        Dictionary<string, double[]> parameters,
        Dictionary<string, double[]> gradients
    ) => (Framework, Words, Loss, Parameters, Gradients) = (framework, words, loss, parameters, gradients);

    /// <summary>Name and version of the framework, such as "libtorch 2.10.0.0".</summary>
    public string Framework { get; }

    /// <summary>The words of the sentence.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>The loss in nats, summed over the steps that are read.</summary>
    public double Loss { get; }

    /// <summary>The parameters by name, each of shape (N) with N = rows·columns, column after column as in
    /// <see cref="Core.ParameterView"/>.</summary>
    public IReadOnlyDictionary<string, double[]> Parameters { get; }

    /// <summary>The gradients by the name of their parameter, in the same layout, each of shape (N).</summary>
    public IReadOnlyDictionary<string, double[]> Gradients { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file, JSON with the fields <c>libtorch</c>, <c>words</c>, <c>loss</c>, <c>parameters</c>
    /// and <c>gradients</c>; a matrix is a list of its rows.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="FormatException">The file is not JSON, or lacks one of the fields.</exception>
    public static StoredGradients Read(string path)
    {
        var text = File.ReadAllText(path);
        try
        {
            using var json = JsonDocument.Parse(text);
            var root = json.RootElement;
            return new(
                $"libtorch {root.GetProperty("libtorch").GetString()}",
                [.. root.GetProperty("words").EnumerateArray().Select(word => word.GetString() ?? "")],
                root.GetProperty("loss").GetDouble(),
                Named(root.GetProperty("parameters")),
                Named(root.GetProperty("gradients"))
            );
        }
        catch (Exception e)
            when (e
                    is JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or FormatException
                        or IndexOutOfRangeException
            )
        {
            throw new FormatException(
                $"{path} does not hold stored gradients: {e.Message} Restore the file from the repository.",
                e
            );
        }
    }

    private static Dictionary<string, double[]> Named(JsonElement group) =>
        group.EnumerateObject().ToDictionary(item => item.Name, item => ColumnByColumn(item.Value));

    private static double[] ColumnByColumn(JsonElement value)
    {
        if (value[0].ValueKind == JsonValueKind.Number)
        {
            return Numbers(value);
        }

        double[][] rows = [.. value.EnumerateArray().Select(Numbers)];
        return [.. Enumerable.Range(0, rows[0].Length).SelectMany(column => rows.Select(row => row[column]))];
    }

    private static double[] Numbers(JsonElement list) =>
        [.. list.EnumerateArray().Select(number => number.GetDouble())];
}
