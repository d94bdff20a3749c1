using RnnCourse.Blas.Threading;
using RnnCourse.Core;
using RnnCourse.Encoders;
using RnnCourse.Model;

namespace RnnCourse.Tasks;

/// <summary>Writes names, text or code by drawing one symbol after the other from the model's probabilities.</summary>
public sealed class TextSampler
{
    private readonly SequenceModel<float> _model;
    private readonly Vocabulary _vocabulary;
    private readonly bool _byToken,
        _areNames;

    /// <summary>Prepares a model for sampling.</summary>
    /// <param name="trained">The model, of the task names or code.</param>
    /// <exception cref="InvalidDataException">The model is for another task, or its vocabulary is missing.</exception>
    public TextSampler(TaskModel trained)
    {
        ArgumentNullException.ThrowIfNull(trained);
        if (TaskCatalogue.Find(trained.Task)?.Use != TaskUse.Sample)
        {
            throw new InvalidDataException(
                $"A model of the task '{trained.Task}' cannot write text. Take a model of the task "
                    + $"'{TaskNames.Names}' or '{TaskNames.Code}'."
            );
        }

        _model = trained.Model.Twin();
        _vocabulary = trained.VocabularyOf("vocabulary", trained.Model.Shape.InputSize);
        _areNames = trained.Task == TaskNames.Names;
        _byToken = trained.Notes.GetValueOrDefault("unit") == "token";
    }

    /// <summary>Whether the model writes names, which end, instead of text, which continues.</summary>
    public bool WritesNames => _areNames;

    /// <summary>Says which symbols of a beginning the model does not know.</summary>
    /// <param name="prompt">The beginning.</param>
    public IReadOnlyList<string> UnknownIn(string prompt) =>
        [.. Symbols(prompt).Where(symbol => !_vocabulary.Knows(symbol)).Distinct()];

    /// <summary>Continues a beginning, symbol by symbol.</summary>
    /// <param name="prompt">The beginning; it is not part of the result. Symbols that the model does not know are
    /// skipped, unless it has a symbol for unknown ones.</param>
    /// <param name="length">How many symbols to write at most; a name ends when the model ends it.</param>
    /// <param name="temperature">Below 1 probable symbols become more probable, above 1 less; 0 always takes the most
    /// probable one.</param>
    /// <param name="topK">Draw only from this many most probable symbols; 0 for all.</param>
    /// <param name="random">Where the symbols are drawn from.</param>
    /// <returns>The symbols, one at a time, as soon as each is drawn.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or the temperature NaN or
    /// infinite.</exception>
    public IEnumerable<string> Write(string prompt, int length, double temperature, int topK, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfNegative(topK);
        if (!(temperature >= 0) || !double.IsFinite(temperature))
        {
            throw new ArgumentOutOfRangeException(
                nameof(temperature),
                temperature,
                "The temperature must be at least 0."
            );
        }

        return WriteOn(prompt, length, temperature, topK, random);
    }

    private IEnumerable<string> WriteOn(string prompt, int length, double temperature, int topK, SeededRandom random)
    {
        _model.ResetState();
        int[] begin =
        [
            _areNames ? 0 : -1,
            .. Symbols(prompt)
                .Where(symbol => _vocabulary.Knows(symbol) || _vocabulary.Unknown is not null)
                .Select(_vocabulary.NumberOf),
        ];
        var batch = SequenceBatch.OfSymbols<float>(_vocabulary.Count);
        for (var k = 0; k < length; k++)
        {
            HostInterrupt.Check();
            var next = Draw(Next(batch, begin), temperature, topK, random);
            if (_areNames && next == 0)
            {
                yield break;
            }

            yield return _vocabulary[next];
            begin = [next];
        }
    }

    private double[] Next(SequenceBatch<float> batch, int[] symbols)
    {
        batch.Resize(symbols.Length, 1);
        symbols.CopyTo(batch.Symbols);
        var scores = _model.Forward(batch)[^_vocabulary.Count..];
        _model.CarryState();
        var z = new double[scores.Length];
        for (var k = 0; k < z.Length; k++)
        {
            z[k] = scores[k];
        }
        // The symbol for unknown symbols cannot be written.
        if (_vocabulary.Unknown is { } unknown)
        {
            z[unknown] = double.NegativeInfinity;
        }

        return z;
    }

    private static int Draw(double[] scores, double temperature, int topK, SeededRandom random)
    {
        var largest = scores.Max();
        if (temperature == 0)
        {
            return Array.IndexOf(scores, largest);
        }

        var limit =
            topK > 0 && topK < scores.Length ? scores.OrderDescending().ElementAt(topK - 1) : double.NegativeInfinity;
        double[] weights = [.. scores.Select(score => score < limit ? 0 : Math.Exp((score - largest) / temperature))];
        var at = random.NextDouble() * weights.Sum();
        for (var k = 0; k < weights.Length; k++)
        {
            if ((at -= weights[k]) < 0)
            {
                return k;
            }
        }

        return Array.IndexOf(scores, largest);
    }

    private IEnumerable<string> Symbols(string text) => _byToken ? Tokens.Code(text) : Tokens.Characters(text);
}
