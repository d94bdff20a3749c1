using System.Globalization;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnCourse.Oracle;

/// <summary>Writes cases as JSON: one line for each field, numbers with all digits that a double has.</summary>
internal static class OracleFile
{
    public static void Write(string path, string network, long seed, IReadOnlyList<OracleCase> cases)
    {
        var json = new StringBuilder();
        json.Append(CultureInfo.InvariantCulture, $$"""
            {
              "generator": "tests/RnnCourse.Oracle",
              "torchSharp": "{{typeof(torch).Assembly.GetName().Version!.ToString(3)}}",
              "libtorch": "{{torch.__version__}}",
              "dtype": "float64",
              "seed": {{seed}},
              "network": "{{network}}",
              "cases": [

            """);
        json.AppendJoin(",\n", cases.Select(Case)).Append("\n  ]\n}\n");
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
                  "inputSize": {{c.Shape.InputSize}}, "hiddenSize": {{c.Shape.HiddenSize}}, "outputSize": {{c.Shape.OutputSize}}, "length": {{c.Shape.Length}}, "maxLength": {{c.Shape.Length + c.Shape.ExtraFunctions}},
                  "x": {{Rows(c.X)}},
                  "targets": [{{string.Join(", ", c.Targets.Select(k => k?.ToString(CultureInfo.InvariantCulture) ?? "null"))}}],
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

    private static string Named(IEnumerable<(string Name, Tensor Value)> tensors) =>
        string.Join(",", tensors.Select(t => $"\n        \"{t.Name}\": {Rows(t.Value)}"));

    private static string Rows(Tensor tensor)
    {
        var rows = tensor.detach();
        return rows.dim() == 1
            ? $"[{string.Join(", ", rows.contiguous().data<double>().ToArray().Select(Number))}]"
            : $"[{string.Join(", ", Enumerable.Range(0, (int)rows.shape[0]).Select(r => Rows(rows[r])))}]";
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
