using System.Globalization;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnCourse.Oracle;

/// <summary>Writes cases as JSON: one line for each field, numbers with all digits that a double has.</summary>
internal static class OracleFile
{
    public static void Write(string path, string network, long seed, IReadOnlyList<OracleCase> cases) =>
        Write(path, network, "float64", seed, cases.Select(Case));

    public static void Write(string path, string network, long seed, IReadOnlyList<LayersCase> cases) =>
        Write(path, network, "float64, float32 where a case is single", seed, cases.Select(Case));

    public static void Write(string path, long seed, IReadOnlyList<OptimiserCase> cases) =>
        Write(path, "none: optimisers", "float64", seed, cases.Select(Case));

    private static void Write(string path, string network, string type, long seed, IEnumerable<string> cases)
    {
        var json = new StringBuilder();
        json.Append(
            CultureInfo.InvariantCulture,
            $$"""
            {
              "generator": "tests/RnnCourse.Oracle",
              "torchSharp": "{{typeof(torch).Assembly.GetName().Version!.ToString(3)}}",
              "libtorch": "{{torch.__version__}}",
              "dtype": "{{type}}",
              "seed": {{seed}},
              "network": "{{network}}",
              "cases": [

            """
        );
        json.AppendJoin(",\n", cases).Append("\n  ]\n}\n");
        var temporary = path + ".new";
        File.WriteAllText(temporary, json.ToString());
        File.Move(temporary, path, overwrite: true);
    }

    private static string Case(OracleCase c)
    {
        var gradients = c.Parameters.Select(p => (p.Name, OracleCase.GradientOf(p.Value)));
        return $$"""
                {
                  "name": "{{c.Shape.Name}}", "seed": {{c.Seed}},
                  "inputSize": {{c.Shape.InputSize}}, "hiddenSize": {{c.Shape.HiddenSize}}, "outputSize": {{c.Shape.OutputSize}}, "length": {{c.Shape.Length}}, "maxLength": {{c.Shape.Length
                + c.Shape.ExtraFunctions}},
                  "x": {{Rows(c.X)}},
                  "targets": [{{string.Join(
                ", ",
                c.Targets.Select(k => k?.ToString(CultureInfo.InvariantCulture) ?? "null")
            )}}],
                  "parameters": {{{Named(c.Parameters)}}
                  },
                  "states": [{{string.Join(", ", c.States.Select(Rows))}}],
                  "outputs": {{Rows(c.Outputs)}},
                  "loss": {{Number(c.Loss)}},
                  "gradients": {{{Named(gradients)}}
                  }
                }
            """;
    }

    private static string Case(LayersCase c)
    {
        var s = c.Shape;
        return $$"""
                {
                  "name": "{{c.Cell}}: {{s.Name}}", "seed": {{c.Seed}}, "cell": "{{c.Cell}}", "single": {{(
                s.Single ? "true" : "false"
            )}},
                  "inputSize": {{s.InputSize}}, "hiddenSize": {{s.HiddenSize}}, "outputSize": {{s.OutputSize}}, "steps": {{s.Steps}}, "batchSize": {{s.BatchSize}},
                  "layers": {{s.Layers}}, "bidirectional": {{(s.Bidirectional ? "true" : "false")}}, "start": {{(
                s.Start ? "true" : "false"
            )}}, "oneHot": {{(s.OneHot ? "true" : "false")}},
                  "lengths": {{(s.Lengths is null ? "null" : $"[{string.Join(", ", s.Lengths)}]")}},
                  "x": {{Rows(c.X)}},
                  "targets": [{{string.Join(
                ", ",
                c.Targets.Select(k => k?.ToString(CultureInfo.InvariantCulture) ?? "null")
            )}}],
                  "parameters": {{{Named(c.Parameters.Select(p => (p.Name, p.Value)))}}
                  },
                  "scores": {{Rows(c.Scores)}},
                  "loss": {{Number(c.Loss)}},
                  "gradients": {{{Named(c.Parameters.Select(p => (p.Name, p.Gradient)))}}
                  }
                }
            """;
    }

    private static string Case(OptimiserCase c)
    {
        var settings = c.Shape.Settings.Select(setting => $"\"{setting.Name}\": {Number(setting.Value)}");
        return $$"""
                {
                  "name": "{{c.Shape.Name}}", "seed": {{c.Seed}}, "kind": "{{c.Shape.Kind}}", "learningRate": {{Number(
                c.Shape.LearningRate
            )}}, "settings": {{{string.Join(", ", settings)}}},
                  "start": {{Rows(c.Start)}},
                  "gradients": {{Rows(stack(c.Gradients))}},
                  "values": {{Rows(stack(c.Values))}}
                }
            """;
    }

    private static string Named(IEnumerable<(string Name, Tensor Value)> tensors) =>
        string.Join(",", tensors.Select(t => $"\n        \"{t.Name}\": {Rows(t.Value)}"));

    private static string Rows(Tensor tensor)
    {
        var rows = tensor.detach();
        return rows.dim() == 1
            ? $"[{string.Join(", ", Numbers(rows))}]"
            : $"[{string.Join(", ", Enumerable.Range(0, (int)rows.shape[0]).Select(r => Rows(rows[r])))}]";
    }

    private static IEnumerable<string> Numbers(Tensor row) =>
        row.dtype == ScalarType.Float32
            ? row.contiguous()
                .data<float>()
                .ToArray()
                .Select(value => value.ToString("R", CultureInfo.InvariantCulture))
            : row.contiguous().data<double>().ToArray().Select(Number);

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
