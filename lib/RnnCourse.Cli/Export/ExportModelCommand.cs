using System.CommandLine;
using System.Globalization;
using RnnCourse.Cli.Files;
using RnnCourse.Cli.Train;
using RnnCourse.Model.Files;
using RnnCourse.Tasks;

namespace RnnCourse.Cli.Export;

/// <summary>The command <c>rnn export-model</c>: writes a model so that PyTorch can load it.</summary>
internal static class ExportModelCommand
{
    private const string Mark = "writtenBy",
        Writer = "rnn export-model";

    public const string Examples = """
        Examples:
          rnn export-model names                  artifacts/models/names.pytorch.safetensors
          rnn export-model -m ewt.safetensors -o ewt.pytorch.safetensors

        The file holds tensors with the names, shapes and order of gates of torch.nn.RNN, GRU, LSTM and Linear, and the
        vocabulary in its metadata. lib/RnnCourse/Model/PYTORCH.md shows how to load it in Python.

        Exit codes:
          0    the file was written
          2    wrong usage, or no trained model
          4    a model that cannot be read, or a file that cannot be written
          70   a bug in rnn itself

        """;

    public static Command Create()
    {
        var task = TaskArgument.Create(isRequired: false);
        var model = ModelPath.Option("TASK");
        var output = new Option<string?>("--out", "-o")
        {
            Description = "The file. Default: beside the model, with 'pytorch' before the ending.",
            HelpName = "file",
        };
        var force = OutputFile.ForceOption();
        var command = new Command("export-model", "Write a model as a file that PyTorch can load.")
        {
            task,
            model,
            output,
            force,
        };
        command.SetAction(
            (parsed, cancellation) =>
                ErrorHandling.RunAsync(
                    () =>
                    {
                        var name = parsed.GetValue(task) is { } given ? TaskCatalogue.Find(given)!.Name : null;
                        if (name is null && parsed.GetValue(model) is null)
                        {
                            throw new UserErrorException(
                                $"Name a task ({TaskArgument.Names}), or a model with --model."
                            );
                        }

                        var path = ModelPath.Existing(parsed.GetValue(model), name ?? "");
                        var file = OutputFile.Check(
                            parsed.GetValue(output) is { Length: > 0 } named
                                ? named
                                : Path.ChangeExtension(path, "pytorch.safetensors"),
                            "--out",
                            other => OutputFile.HasMetadata(other, Mark, writer => writer == Writer),
                            parsed.GetValue(force),
                            path
                        );
                        var trained = TaskModel.Load(path);
                        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                        PyTorchWeights.Export(trained.Model, file, metadata: MetadataOf(trained));
                        Console.WriteLine(
                            $"{Terminal.Printable(trained.Description)} → {Terminal.Printable(Terminal.Relative(file))}"
                        );
                        return ExitCode.Success;
                    },
                    cancellation
                )
        );
        return command;
    }

    private static Dictionary<string, string> MetadataOf(TaskModel trained)
    {
        var shape = trained.Model.Shape;
        static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
        // The record of a model's training data is useful only to rnn.
        var metadata = trained
            .Notes.Where(note => !note.Key.StartsWith("learnt", StringComparison.Ordinal))
            .ToDictionary(note => note.Key, note => note.Value);
        metadata[Mark] = Writer;
        metadata["task"] = trained.Task;
        metadata["cell"] = shape.Cell.ToString().ToUpperInvariant();
        metadata["input_size"] = Text(shape.InputSize);
        metadata["hidden_size"] = Text(shape.HiddenSize);
        metadata["num_layers"] = Text(shape.Layers);
        metadata["bidirectional"] = shape.Bidirectional ? "true" : "false";
        metadata["output_size"] = Text(shape.OutputSize);
        return metadata;
    }
}
