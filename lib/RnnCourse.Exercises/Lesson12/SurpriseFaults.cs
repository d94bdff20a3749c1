using System.Globalization;
using RnnCourse.Model;
using RnnCourse.Tasks;

namespace RnnCourse.Exercises.Lesson12;

/// <summary>The replies to a letter that isn't the most surprising one.</summary>
internal static class SurpriseFaults
{
    public static Finding Unknown(string letter) =>
        new(
            "unknown-letter",
            $"“{letter}” is not one of the letters that the network has learnt.",
            "The names of the data set are in small letters from a to z. How would yours be written there?",
            "Leave out accents, hyphens and capitals: “Zoë” becomes “zoe”."
        );

    /// <summary>The loss of each letter of a name, and of its end.</summary>
    public static double[] Losses(NamesTask task, SequenceModel<double> model, string name)
    {
        var e = task.Encode([name])[0];
        var K = task.Vocabulary.Count;
        var batch = SequenceBatch.OfSymbols<double>(K);
        batch.Resize(e.Symbols.Count, 1);
        for (var t = 0; t < e.Symbols.Count; t++)
        {
            batch.Symbols[t] = e.Symbols[t];
        }

        var z = model.Twin().Forward(batch).ToArray();
        return
        [
            .. e.Targets.Select(
                (target, t) =>
                {
                    var scores = z.AsSpan(t * K, K).ToArray();
                    return Math.Log(scores.Sum(z_k => Math.Exp(z_k - scores.Max()))) + scores.Max() - scores[target];
                }
            ),
        ];
    }

    public static Finding? Of(double[] losses, string name, int place)
    {
        if (place < 1 || place > losses.Length)
        {
            return new(
                "no-place",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"“{name}” has {losses.Length - 1} {(losses.Length == 2 ? "letter" : "letters")} and an "
                        + $"end: its places go from 1 to {losses.Length}. {place} is not one of them."
                ),
                "Do you count from 0?",
                "The first letter has place 1, and the end the place behind the last letter."
            );
        }

        var most = Array.IndexOf(losses, losses.Max()) + 1;
        if (losses[place - 1] >= losses[most - 1] - 1e-9)
        {
            return null;
        }

        var what = string.Create(
            CultureInfo.InvariantCulture,
            $"The loss at place {place} of “{name}” is {losses[place - 1]:F2} nats"
        );
        var larger = what + ". At another place it is larger.";
        if (place == most - 1)
        {
            return new(
                "one-early",
                larger,
                "The letter you named is the input of the step with the largest loss. Which letter is its target?",
                "Step i reads symbol i − 1 of the name and is surprised by letter i. An index that counts "
                    + "from 0 is one less than the place."
            );
        }

        return losses[place - 1] <= losses.Min() + 1e-9
            ? new(
                "least-surprising",
                what + ", the smallest of all.",
                "Is a high loss a sign of surprise, or of expectation?",
                "Look for the largest loss."
            )
            : new(
                "not-the-most-surprising",
                larger,
                "Which step has the largest loss?",
                "Print StepLosses(trained, name), and look for the largest number."
            );
    }
}
