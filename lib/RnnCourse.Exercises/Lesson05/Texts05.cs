namespace RnnCourse.Exercises.Lesson05;

/// <summary>The exercises of lesson 05.</summary>
internal static class Texts05
{
    public static Exercise Counts { get; } =
        new(
            "05.1",
            "predict, then verify",
            "Choose D, H and K, work out the three numbers on paper, and put them in place of null.",
            "From length 10 to length 100 the numbers of the U_i grow to 92 times as many, with the square of the "
                + "length; all others grow to ten times as many.",
            "f_i has a U_i with i·D columns, and V_i, b_i, c_i of its own. Sum over i.",
            "H·D·(1 + 2 + … + n) + n·(K·H + H + K), and 1 + 2 + … + n = n (n + 1) / 2.",
            """
            // Exercise 1: predict, then verify
            Check.PerStepCounts(D: 5, H: 4, K: 3, for10: 1290, for100: 102900, millionFrom: 315)
            """
        )
        {
            RightIf = Criteria05.Counts,
        };

    public static Exercise Errors { get; } =
        new(
            "05.2",
            "explain the errors",
            "Make the list, and hand it to the check in place of null.",
            "Most of the words that are wrong were seen at that step with that tag once or never, and "
                + "often elsewhere. The function of a step knows what its own step has shown, and no more.",
            "Go through the test sentences step by step; where tag and answer differ, count in the training sentences.",
            "Five things for each error: step, word, right tag, training sentences with this word and "
                + "tag at this step, training sentences with this word at another, whatever its tag.",
            """
            // Exercise 2: explain the errors
            var errors = new List<(int Step, string Word, string Tag, int There, int Elsewhere)>();
            bool At(TinySentences.Sentence s, int i, string word, string tag) =>
                i <= s.Words.Count && s.Words[i - 1] == word && s.Tags[i - 1] == tag;
            foreach (var (words, tags) in TinySentences.Test)
            {
                var said = ReadTags(network.Predict(OneHot(words)));
                for (var i = 1; i <= words.Count; i++)
                {
                    if (said[i - 1] == tags[i - 1]) continue;
                    var (step, word, tag) = (i, words[i - 1], tags[i - 1]);
                    errors.Add((step, word, tag,
                        TinySentences.Train.Count(s => At(s, step, word, tag)),
                        TinySentences.Train.Count(s =>
                            s.Words.Where((w, j) => j + 1 != step).Contains(word))));
                }
            }
            Check.ExplainedErrors(network, errors)
            """
        )
        {
            RightIf = Criteria05.Errors,
        };

    public static Exercise BlindSpot { get; } =
        new(
            "05.3",
            "another blind spot",
            "Train a network without the sentences that have a word of your choice at a step of your "
                + "choice, and hand it to the check.",
            "The network never saw the word there, and has learnt it at the other steps. What one function "
                + "learns, no other function has.",
            "Copy the experiment on swim, with another word and another step.",
            "Leave out the sentences that have the word at that step, and no others. Words with two tags show it: "
                + "cook, guide, fish, swim.",
            """
            // Exercise 3: another blind spot
            var withoutFish3 = TinySentences.Train.Where(s => s.Words.ElementAtOrDefault(2) != "fish");
            var blindForFish = new FunctionPerStep(13, 8, 7, maxLength: 6, random);
            GradientDescent.Train(blindForFish, withoutFish3.Select(ToExample).ToList(), 60, 0.1, random);
            Check.BlindSpot(network, blindForFish, "fish", 3)
            """
        )
        {
            RightIf = Criteria05.BlindSpot,
        };

    public static Exercise Pad { get; } =
        new(
            "05.4",
            "why not pad?",
            "Write the method in place of the exception: six inputs, of which the first are blanks, and one target.",
            "One function does all the work now, so the wish for the same function comes back. The one for any length "
                + "doesn't: a seventh word has no place, and f_6 reads six inputs even where five of them are blanks.",
            "How many blanks does a sentence of n words need, and where do they go?",
            "6 − n vectors of zeros, then the one-hot words; five times null as target, then the number "
                + "of the last word's tag.",
            """
            // Exercise 4: why not pad?
            GradientDescent.Example Padded(TinySentences.Sentence sentence)
            {
                var blank = Vector<double>.Build.Dense(13);
                var x = Enumerable.Repeat(blank, 6 - sentence.Words.Count)
                    .Concat(OneHot(sentence.Words)).ToList();
                var targets = Enumerable.Repeat((int?)null, 5)
                    .Append(ToExample(sentence).targets[^1]).ToList();
                return new GradientDescent.Example(x, targets);
            }
            Check.PadInFront(Padded)
            """
        )
        {
            RightIf = Criteria05.Pad,
        };
}
