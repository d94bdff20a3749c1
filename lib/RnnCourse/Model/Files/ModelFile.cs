using System.Globalization;
using System.Numerics;
using RnnCourse.Core;

namespace RnnCourse.Model.Files;

/// <summary>Saves and loads models: a safetensors file whose metadata describe the model to build.</summary>
/// <remarks>
/// <para>The metadata: <c>format</c> "rnn-course-model", <c>version</c> "1", and the <see cref="ModelShape"/>'s
/// properties by their names. The tensors: one for each of <see cref="SequenceModel{T}.Parameters"/>, by its name, as
/// (rows, columns), or as (rows) if it has one column, in F32 or F64.</para>
/// <para>To take the weights elsewhere, see <see cref="PyTorchWeights"/>.</para>
/// </remarks>
public static class ModelFile
{
    private const string Format = "rnn-course-model";
    private const string Version = "1";

    /// <summary>Saves a model, completely or not at all.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="notes">More texts to store, by name, such as the vocabulary; their names are stored as
    /// <c>note.NAME</c>.</param>
    /// <exception cref="IOException">The file cannot be written; an existing file is kept.</exception>
    public static void Save<T>(SequenceModel<T> model, string path, IReadOnlyDictionary<string, string>? notes = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        var metadata = Describe(model.Shape);
        metadata["format"] = Format;
        foreach (var (key, value) in notes ?? new Dictionary<string, string>())
        {
            metadata[$"note.{key}"] = value;
        }

        SafetensorsFile.Write(path, [.. model.Parameters.Select(ParameterTensors.ToTensor)], metadata);
    }

    /// <summary>Loads a model.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>; the numbers are converted if the file holds the
    /// other kind.</typeparam>
    /// <param name="path">The file.</param>
    /// <returns>The model, and the notes that were saved with it.</returns>
    /// <exception cref="InvalidDataException">The file is not one that <see cref="Save"/> wrote, or was changed since;
    /// the message says what is wrong.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static (SequenceModel<T> Model, IReadOnlyDictionary<string, string> Notes) Load<T>(string path)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (tensors, metadata) = SafetensorsFile.Read(path, requireChecksum: true);
        if (metadata.GetValueOrDefault("format") != Format)
        {
            throw SafetensorsFile.Refuse(
                path,
                $"its format is '{metadata.GetValueOrDefault("format") ?? "unknown"}', not '{Format}'"
            );
        }

        var model = Build<T>(path, tensors, metadata);
        return (
            model,
            metadata
                .Where(pair => pair.Key.StartsWith("note.", StringComparison.Ordinal))
                .ToDictionary(pair => pair.Key["note.".Length..], pair => pair.Value)
        );
    }

    internal static Dictionary<string, string> Describe(ModelShape shape) =>
        new()
        {
            ["version"] = Version,
            [nameof(shape.Cell)] = shape.Cell.ToString(),
            [nameof(shape.InputSize)] = ParameterTensors.Number(shape.InputSize),
            [nameof(shape.HiddenSize)] = ParameterTensors.Number(shape.HiddenSize),
            [nameof(shape.OutputSize)] = ParameterTensors.Number(shape.OutputSize),
            [nameof(shape.Layers)] = ParameterTensors.Number(shape.Layers),
            [nameof(shape.Bidirectional)] = shape.Bidirectional ? "true" : "false",
            [nameof(shape.Dropout)] = ParameterTensors.Number(shape.Dropout),
            [nameof(shape.LearntStart)] = shape.LearntStart ? "true" : "false",
            [nameof(shape.ForgetBias)] = ParameterTensors.Number(shape.ForgetBias),
        };

    internal static SequenceModel<T> Build<T>(
        string path,
        IReadOnlyList<Tensor> tensors,
        IReadOnlyDictionary<string, string> metadata
    )
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var shape = ReadShape(path, metadata);
        // Before anything is allocated: a file can claim any size, but it cannot hold it.
        var stored = tensors.Sum(tensor => (long)tensor.Count);
        if (shape.CountParameters() > stored)
        {
            throw SafetensorsFile.Refuse(
                path,
                $"the model that it describes has {shape.CountParameters()} numbers, but the file holds {stored}"
            );
        }

        var model = new SequenceModel<T>(shape, new SeededRandom(0));
        foreach (var parameter in model.Parameters)
        {
            ParameterTensors.FromTensor(path, ParameterTensors.Find(path, tensors, parameter.Name), parameter);
            if (!parameter.Values.All(T.IsFinite))
            {
                throw SafetensorsFile.Refuse(
                    path,
                    $"tensor '{parameter.Name}' holds numbers that are not finite, so the model can't compute anything"
                );
            }
        }

        return model;
    }

    internal static ModelShape ReadShape(string path, IReadOnlyDictionary<string, string> metadata)
    {
        string Text(string key) =>
            metadata.GetValueOrDefault(key) ?? throw SafetensorsFile.Refuse(path, $"its metadata lack '{key}'");
        int Whole(string key) =>
            int.TryParse(Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw SafetensorsFile.Refuse(path, $"'{key}' is '{Text(key)}', which is not a size from 1 on");
        double Real(string key) =>
            double.TryParse(Text(key), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw SafetensorsFile.Refuse(path, $"'{key}' is '{Text(key)}', which is not a number");
        bool Truth(string key) =>
            Text(key) switch
            {
                "true" => true,
                "false" => false,
                var other => throw SafetensorsFile.Refuse(path, $"'{key}' is '{other}', neither 'true' nor 'false'"),
            };
        if (Text("version") != Version)
        {
            throw SafetensorsFile.Refuse(
                path,
                $"it is of version {Text("version")}, and this library reads version {Version}"
            );
        }

        // Not by parsing alone, which takes blanks, numbers and several names too.
        if (!Enum.GetNames<CellKind>().Contains(Text("Cell")) || !Enum.TryParse<CellKind>(Text("Cell"), out var cell))
        {
            throw SafetensorsFile.Refuse(
                path,
                $"the cell '{Text("Cell")}' is unknown; this version knows "
                    + string.Join(", ", Enum.GetNames<CellKind>())
            );
        }

        var shape = new ModelShape(cell, Whole("InputSize"), Whole("HiddenSize"), Whole("OutputSize"))
        {
            Layers = Whole("Layers"),
            Bidirectional = Truth("Bidirectional"),
            Dropout = Real("Dropout"),
            LearntStart = Truth("LearntStart"),
            ForgetBias = Real("ForgetBias"),
        };
        try
        {
            shape.Validate();
        }
        catch (ArgumentOutOfRangeException wrong)
        {
            throw new InvalidDataException($"'{path}' cannot be read: {wrong.Message}", wrong);
        }

        return shape;
    }
}
