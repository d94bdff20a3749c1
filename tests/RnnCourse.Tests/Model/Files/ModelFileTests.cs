using RnnCourse.Core;
using RnnCourse.Model;
using RnnCourse.Model.Files;

namespace RnnCourse.Tests.Model.Files;

public sealed class ModelFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rnn-tests-").FullName;

    private string PathOf(string name) => Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<CellKind> Cells => [.. Enum.GetValues<CellKind>()];

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_loaded_model_is_the_saved_one_to_the_bit(CellKind cell)
    {
        var model = Draw<float>(cell);
        ModelFile.Save(model, PathOf("m"), new Dictionary<string, string> { ["vocabulary"] = "abc" });
        var (loaded, notes) = ModelFile.Load<float>(PathOf("m"));
        Assert.Equal(model.Shape, loaded.Shape);
        Assert.Equal("abc", Assert.Single(notes).Value);
        Assert.All(
            model.Parameters.Zip(loaded.Parameters),
            pair => Assert.Equal(pair.First.Values, pair.Second.Values)
        );
        Assert.Equal(model.ParameterCount, model.Shape.CountParameters());

        var wider = ModelFile.Load<double>(PathOf("m")).Model;
        Assert.All(
            model.Parameters.Zip(wider.Parameters),
            pair => Assert.Equal(pair.First.Values.Select(v => (double)v), pair.Second.Values)
        );
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Weights_come_back_from_pytorchs_names(CellKind cell)
    {
        var model = Draw<double>(cell);
        PyTorchWeights.Export(model, PathOf("w"));
        var other = new SequenceModel<double>(model.Shape, new SeededRandom(99));
        PyTorchWeights.Import(other, PathOf("w"));
        Assert.All(model.Parameters.Zip(other.Parameters), pair => Assert.Equal(pair.First.Values, pair.Second.Values));
        var names = SafetensorsFile.Read(PathOf("w")).Tensors.Select(t => (t.Name, string.Join('×', t.Shape))).ToList();
        var gates = cell switch
        {
            CellKind.Gru => 3,
            CellKind.Lstm => 4,
            _ => 1,
        };
        Assert.Contains(("rnn.weight_ih_l0", $"{gates * 4}×3"), names);
        Assert.Contains(("rnn.weight_ih_l1_reverse", $"{gates * 4}×8"), names);
        Assert.Contains(("rnn.bias_hh_l1", $"{gates * 4}"), names);
        Assert.Contains(("output.weight", "2×8"), names);
    }

    [Fact]
    public void A_file_for_another_model_is_refused_and_changes_nothing()
    {
        PyTorchWeights.Export(Draw<double>(CellKind.Gru), PathOf("w"));
        var other = new SequenceModel<double>(
            new ModelShape(CellKind.Gru, 3, 5, 2) { Layers = 2, Bidirectional = true },
            new SeededRandom(1)
        );
        var before = other.Parameters.Select(p => p.Values.ToArray()).ToList();
        Assert.Contains(
            "weight_ih_l0",
            Assert.Throws<InvalidDataException>(() => PyTorchWeights.Import(other, PathOf("w"))).Message,
            StringComparison.Ordinal
        );
        var deeper = new SequenceModel<double>(
            new ModelShape(CellKind.Gru, 3, 4, 2)
            {
                Layers = 3,
                Bidirectional = true,
                LearntStart = true,
            },
            new SeededRandom(1)
        );
        Assert.Contains(
            "no tensor 'rnn.weight_ih_l2'",
            Assert.Throws<InvalidDataException>(() => PyTorchWeights.Import(deeper, PathOf("w"))).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(before, other.Parameters.Select(p => p.Values));
        Assert.Contains(
            "format",
            Assert.Throws<InvalidDataException>(() => ModelFile.Load<double>(PathOf("w"))).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("HiddenSize", "2000000000", "the file holds")]
    [InlineData("HiddenSize", "0", "HiddenSize")]
    [InlineData("HiddenSize", "x", "not a size")]
    [InlineData("Layers", "2147483647", "the file holds")]
    [InlineData("Cell", "Elman", "is unknown")]
    [InlineData("Cell", "17", "is unknown")]
    [InlineData("Cell", " Lstm", "is unknown")]
    [InlineData("Cell", "Rnn,Lstm", "is unknown")]
    [InlineData("Bidirectional", "True", "neither 'true' nor 'false'")]
    [InlineData("version", "2", "version 2")]
    [InlineData("Dropout", "1", "share")]
    [InlineData("Dropout", "NaN", "share")]
    [InlineData("OutputSize", "3", "shape")]
    public void A_description_that_does_not_fit_is_refused(string key, string value, string reason)
    {
        ModelFile.Save(Draw<float>(CellKind.Lstm), PathOf("m"));
        var (tensors, metadata) = SafetensorsFile.Read(PathOf("m"));
        // Rewritten with a valid checksum and a few more numbers, so that only the description is wrong.
        SafetensorsFile.Write(
            PathOf("m"),
            [.. tensors, Tensor.Of<float>("more", [100], new float[100])],
            new Dictionary<string, string>(metadata) { [key] = value }
        );
        Assert.Contains(
            reason,
            Assert.Throws<InvalidDataException>(() => ModelFile.Load<float>(PathOf("m"))).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Weights_that_are_not_finite_are_refused(float wrong)
    {
        var model = Draw<float>(CellKind.Gru);
        model.Parameters[0].Values[1] = wrong;
        ModelFile.Save(model, PathOf("m"));

        Assert.Contains(
            "not finite",
            Assert.Throws<InvalidDataException>(() => ModelFile.Load<float>(PathOf("m"))).Message,
            StringComparison.Ordinal
        );
    }

    private static SequenceModel<T> Draw<T>(CellKind cell)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var model = new SequenceModel<T>(
            new ModelShape(cell, 3, 4, 2)
            {
                Layers = 2,
                Bidirectional = true,
                LearntStart = true,
                Dropout = 0.25,
            },
            new SeededRandom(1)
        );
        RandomBatches.Perturb(model, new SeededRandom(2));
        return model;
    }
}
