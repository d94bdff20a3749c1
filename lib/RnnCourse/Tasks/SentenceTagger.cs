using System.Numerics.Tensors;
using RnnCourse.Encoders;
using RnnCourse.Model;
using RnnCourse.Training;

namespace RnnCourse.Tasks;

/// <summary>A word with the tag that a model predicts.</summary>
/// <param name="Word">The word.</param>
/// <param name="Tag">The most probable tag.</param>
/// <param name="Probability">Its probability.</param>
/// <param name="IsKnown">Whether the training part contained this word; otherwise the model uses only its ending, its
/// form and its neighbours.</param>
public sealed record TaggedWord(string Word, string Tag, double Probability, bool IsKnown);

/// <summary>Tags sentences with a trained model.</summary>
public sealed class SentenceTagger
{
    private readonly SequenceModel<float> _model;
    private readonly WordFeatures _features;
    private readonly Vocabulary _tags;

    /// <summary>Prepares a model for tagging.</summary>
    /// <param name="trained">The model, of the task pos.</param>
    /// <exception cref="InvalidDataException">The model is for another task, or its features or tags are
    /// missing.</exception>
    public SentenceTagger(TaskModel trained)
    {
        ArgumentNullException.ThrowIfNull(trained);
        if (TaskCatalogue.Find(trained.Task)?.Use != TaskUse.Tag)
        {
            throw new InvalidDataException(
                $"A model of the task '{trained.Task}' cannot tag words. Take a model of the task '{TaskNames.Pos}'."
            );
        }

        _model = trained.Model;
        _features = new(trained.VocabularyOf("features", trained.Model.Shape.InputSize));
        _tags = trained.VocabularyOf("tags", trained.Model.Shape.OutputSize);
    }

    /// <summary>Tags a sentence.</summary>
    /// <param name="sentence">The sentence; cut into words by <see cref="Tokens.SentenceWords"/>.</param>
    /// <returns>Its words with their tags; none for an empty sentence.</returns>
    public IReadOnlyList<TaggedWord> Tag(string sentence)
    {
        var words = Tokens.SentenceWords(sentence);
        if (words.Count == 0)
        {
            return [];
        }

        var tagged = new TaggedWord[words.Count];
        var sequence = VectorSequence.OfFeatures(
            [.. words.Select(_features.Of)],
            [.. words.Select(_ => Vocabulary.Padding)]
        );
        SequenceScores.ForEach(
            _model,
            [sequence],
            ReadOut.EveryStep,
            (_, step, scores) =>
            {
                var best = TensorPrimitives.IndexOfMax(scores);
                tagged[step] = new(
                    words[step],
                    _tags[best],
                    Probabilities.Of(scores)[best],
                    _features.KnowsWord(words[step])
                );
            }
        );
        return tagged;
    }
}
