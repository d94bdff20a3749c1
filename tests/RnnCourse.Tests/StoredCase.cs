using System.Text.Json;
using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Tests;

/// <summary>A case that libtorch computed (see tests/RnnCourse.Oracle), read from its JSON file.</summary>
internal sealed class StoredCase
{
    private readonly JsonElement _json;

    private StoredCase(JsonElement json) => _json = json;

    public static IReadOnlyList<StoredCase> All(string network)
    {
        using var file = Open(network);
        return [.. file.RootElement.GetProperty("cases").EnumerateArray().Select(json => new StoredCase(json.Clone()))];
    }

    public static JsonDocument Open(string network) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Oracle", network + ".json")));

    public static TheoryData<string> Names(string network) => [.. All(network).Select(stored => stored.Name)];

    public static StoredCase Named(string network, string name) => All(network).Single(stored => stored.Name == name);

    public string Name => _json.GetProperty("name").GetString()!;
    public int InputSize => Size("inputSize");
    public int HiddenSize => Size("hiddenSize");
    public int OutputSize => Size("outputSize");
    public int Length => Size("length");
    public int MaxLength => Size("maxLength");
    public IReadOnlyList<Vector<double>> X => Vectors(_json.GetProperty("x"));
    public IReadOnlyList<Vector<double>> States => Vectors(_json.GetProperty("states"));
    public IReadOnlyList<Vector<double>> Outputs => Vectors(_json.GetProperty("outputs"));
    public double Loss => _json.GetProperty("loss").GetDouble();

    public IReadOnlyList<int?> Targets =>
        [
            .. _json
                .GetProperty("targets")
                .EnumerateArray()
                .Select(k => k.ValueKind == JsonValueKind.Null ? (int?)null : k.GetInt32()),
        ];

    /// <summary>Gives a network the stored parameters.</summary>
    public T Fill<T>(T network)
        where T : ISequenceNetwork
    {
        foreach (var parameter in network.Parameters)
        {
            ColumnByColumn("parameters", parameter.Name).CopyTo(parameter.Values, 0);
        }

        return network;
    }

    public double[] Gradient(string parameter) => ColumnByColumn("gradients", parameter);

    public int ParameterCount => _json.GetProperty("parameters").EnumerateObject().Count();

    // The files hold a matrix as a list of rows; the library lays it out column after column.
    private double[] ColumnByColumn(string group, string parameter)
    {
        var value = _json.GetProperty(group).GetProperty(parameter);
        if (value[0].ValueKind == JsonValueKind.Number)
        {
            return Numbers(value);
        }

        var rows = value.EnumerateArray().Select(Numbers).ToArray();
        return [.. Enumerable.Range(0, rows[0].Length).SelectMany(column => rows.Select(row => row[column]))];
    }

    private int Size(string field) => _json.GetProperty(field).GetInt32();

    private static double[] Numbers(JsonElement list) =>
        [.. list.EnumerateArray().Select(number => number.GetDouble())];

    private static IReadOnlyList<Vector<double>> Vectors(JsonElement list) =>
        [.. list.EnumerateArray().Select(row => Vector<double>.Build.Dense(Numbers(row)))];
}
