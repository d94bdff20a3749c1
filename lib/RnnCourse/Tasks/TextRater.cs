using RnnCourse.Encoders;
using RnnCourse.Model;
using RnnCourse.Training;

namespace RnnCourse.Tasks;

/// <summary>A model's judgement of a text after one of its words.</summary>
/// <param name="Word">The word that was read.</param>
/// <param name="IsKnown">Whether the model knows it.</param>
/// <param name="Probabilities">The probability of each label, if the text ended here: shape (K), in the order of
/// <see cref="TextRater.Labels"/>.</param>
public sealed record RatingSoFar(string Word, bool IsKnown, IReadOnlyList<double> Probabilities);

/// <summary>Judges texts with a trained model.</summary>
public sealed class TextRater
{
    private readonly SequenceModel<float> _model;
    private readonly Vocabulary _words,
        _labels;

    /// <summary>Prepares a model to judge texts.</summary>
    /// <param name="trained">The model, of the task reviews.</param>
    /// <exception cref="InvalidDataException">The model is for another task, or its words or labels are
    /// missing.</exception>
    public TextRater(TaskModel trained)
    {
        ArgumentNullException.ThrowIfNull(trained);
        if (TaskCatalogue.Find(trained.Task)?.Use != TaskUse.Rate)
        {
            throw new InvalidDataException(
                $"A model of the task '{trained.Task}' cannot judge texts. Take a model of the task "
                    + $"'{TaskNames.Reviews}'."
            );
        }

        _model = trained.Model;
        _words = trained.VocabularyOf("vocabulary", trained.Model.Shape.InputSize);
        _labels = trained.VocabularyOf("labels", trained.Model.Shape.OutputSize);
    }

    /// <summary>The labels.</summary>
    public IReadOnlyList<string> Labels => _labels.Symbols;

    /// <summary>Judges a text, and each of its beginnings: the last entry is the judgement of the whole.</summary>
    /// <param name="text">The text.</param>
    /// <returns>An entry for each word or punctuation mark; an empty list for a text without any.</returns>
    public IReadOnlyList<RatingSoFar> Rate(string text)
    {
        var words = Tokens.Words(text);
        if (words.Count == 0)
        {
            return [];
        }

        var numbers = _words.Encode(words);
        var ratings = new RatingSoFar[words.Count];
        // Each beginning is a sequence of its own, so that a bidirectional model sees no more than that.
        SymbolSequence[] beginnings =
        [
            .. Enumerable.Range(1, words.Count).Select(length => new SymbolSequence(numbers[..length], [-1])),
        ];
        SequenceScores.ForEach(
            _model,
            beginnings,
            ReadOut.LastStep,
            (k, _, scores) => ratings[k] = new(words[k], _words.Knows(words[k]), Probabilities.Of(scores))
        );
        return ratings;
    }
}
