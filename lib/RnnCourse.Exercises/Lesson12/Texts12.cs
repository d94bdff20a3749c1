namespace RnnCourse.Exercises.Lesson12;

/// <summary>The exercises of lesson 12.</summary>
internal static class Texts12
{
    public static Exercise Temperature { get; } =
        new(
            "12.1",
            "temperature",
            "Write the probabilities at temperature T in place of the exception.",
            "The scores are divided by T, then comes softmax: below 1 differences grow, above 1 they "
                + "shrink, and the order of the symbols never changes.",
            "Temperature acts on the scores, before they become probabilities.",
            "Divide every score by T, subtract the largest, take exp, divide by the sum.",
            """
            // Exercise 1: temperature
            double[] MyTemperature(double[] z, double T)
            {
                var largest = z.Max();
                var e = z.Select(z_k => Math.Exp((z_k - largest) / T)).ToArray();
                return e.Select(e_k => e_k / e.Sum()).ToArray();
            }
            Check.Temperature(MyTemperature)
            """
        )
        {
            RightIf = Criteria12.Temperature,
        };

    public static Exercise Perplexity { get; } =
        new(
            "12.2",
            "perplexity",
            "Write the perplexity in place of the exception.",
            "e to the mean loss: as many equally likely letters would be as hard to guess.",
            "The p are the probabilities that the right letters got. What is the loss of each, and what is their mean?",
            "Math.Exp of the mean of −Math.Log(p).",
            """
            // Exercise 2: perplexity
            double MyPerplexity(double[] p)
            {
                return Math.Exp(p.Average(p_i => -Math.Log(p_i)));
            }
            Check.Perplexity(MyPerplexity)
            """
        )
        {
            RightIf = Criteria12.Perplexity,
        };

    public static Exercise BeatTheBigram { get; } =
        new(
            "12.3",
            "beat the bigram",
            "Return a probability for each of the 27 symbols in place of the exception.",
            "Your method uses more than the last letter, and that pays: its loss on names that no one "
                + "has trained on is below the bigram's.",
            "The bigram looks at the last symbol. What do two symbols tell? Count what followed each "
                + "pair in train: how often, after these two, each of the 27.",
            "Many pairs were seen seldom, and some never. Add a few times the bigram's probabilities to "
                + "the counts of a pair before you divide by their sum.",
            """
            // Exercise 3: beat the bigram
            var after = new double[27, 27, 27];       // the letter before last, the last one, the next
            foreach (var (symbols, targets) in train)
                for (var i = 0; i < targets.Count; i++)
                    after[i == 0 ? 0 : symbols[i - 1], symbols[i], targets[i]]++;
            double[] MyPrediction(IReadOnlyList<int> before)
            {
                var (a, b) = (before.Count > 1 ? before[^2] : 0, before[^1]);
                var n = Enumerable.Range(0, 27).Sum(k => after[a, b, k]);
                return Enumerable.Range(0, 27)
                    .Select(k => (after[a, b, k] + 5 * bigram[b, k]) / (n + 5)).ToArray();
            }
            Check.BeatsTheBigram(task, MyPrediction)
            """
        )
        {
            RightIf = Criteria12.BeatTheBigram,
        };

    public static Exercise Surprise { get; } =
        new(
            "12.4",
            "what surprises it",
            "Type a name in small letters, and the place of the letter that you found, counted from 1.",
            "Here the network was most surprised: the letter got the smallest probability of all that "
                + "were to come in this name.",
            "The loss of a step is the surprise. Which step predicts the first letter?",
            "StepLosses(trained, name) gives the losses in the order of the letters, the end last. Look "
                + "for the largest, and count from 1.",
            """
            // Exercise 4: what surprises it
            string name = "siobhan";
            var surprises = StepLosses(trained, name);
            int? place = Array.IndexOf(surprises, surprises.Max()) + 1;
            Check.MostSurprising(task, trained, name, place)
            """
        )
        {
            RightIf = Criteria12.Surprise,
        };
}
