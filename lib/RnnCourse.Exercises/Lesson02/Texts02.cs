namespace RnnCourse.Exercises.Lesson02;

/// <summary>The exercises of lesson 02.</summary>
internal static class Texts02
{
    public static Exercise Pair { get; } =
        new(
            "02.1",
            "a pair that no bag can tell apart",
            "Put two sentences in place of null.",
            "One bag and two right answers: whatever its weights, a network on bags is wrong about one "
                + "of your sentences. You need not train anything to know it.",
            "“the fish can …” is a good beginning. Which other word of the sentence could change places with fish?",
            "Two words can be nouns or verbs: let one be who does it and the other what they do, then exchange them.",
            """
            // Exercise 1: a pair that no bag can tell apart
            Check.BagPair("the fish can swim", "the swim can fish")
            """
        )
        {
            RightIf = Criteria02.BagPair,
        };

    public static Exercise Window { get; } =
        new(
            "02.2",
            "a pair that the window can't tell apart",
            "Put two sentences in place of null.",
            "Eight words are the least. The first six are the same, so the difference comes after them. A single "
                + "further word could not be ordered in two ways. And “only” can't be among the first six: its tag "
                + "would be settled there, and the same in both.",
            "The first six words must be the same in both. What must follow, so that the same words can "
                + "come in two orders?",
            "Let the first six leave a noun phrase open. Then “only” before the noun is ADJ, and behind it ADV.",
            """
            // Exercise 2: a pair that the window can't tell apart
            Check.WindowPair("they can still cook the still only fish",
                "they can still cook the still fish only")
            """
        )
        {
            RightIf = Criteria02.WindowPair,
        };

    public static Exercise Ceiling { get; } =
        new(
            "02.3",
            "sentences as they come",
            "Draw the sentences, compute the ceiling, train a network on bags, and hand the three to the check.",
            "Many bags occur only once in a sample of this size, and then they have one label. Of those that come in "
                + "several orders, many have one label much more often than the other. So a good result on "
                + "sentences as they come doesn't mean that a model sees the order. It takes hand-picked pairs to "
                + "find that out.",
            "Which sentences look the same to a bag? They all get the same label, and the commoner one is the best "
                + "choice.",
            "GroupBy the sorted words; in each group, the larger of the two counts; add up, and divide "
                + "by the number of sentences.",
            """
            // Exercise 3: sentences as they come
            var drawn = new List<Sentence>();
            while (drawn.Count < 500)
            {
                var s = Draw(1 + random.NextIndex(6), random);
                if (s.Words.Count(word => word == "only") == 1) drawn.Add(s);
            }
            var groups = drawn.GroupBy(s => string.Join(' ', s.Words.Order()));
            var ceiling = groups.Sum(g => g.CountBy(Label).Max(pair => pair.Value)) / (double)drawn.Count;
            var onThese = new SharedNetwork(inputSize: 13, hiddenSize: 8, outputSize: 2, random);
            Learn(onThese, Bag, drawn);
            Check.BagCeiling(drawn, ceiling, onThese)
            """
        )
        {
            RightIf = Criteria02.Ceiling,
        };

    public static Exercise PairBag { get; } =
        new(
            "02.4",
            "pairs in the bag",
            "Write the method in place of the exception: 169 numbers, one for each pair of words.",
            "A bag of pairs sees the order of neighbours. Whatever lies further apart is lost again, as your two "
                + "sentences show. A bag of three words in a row sees one step further, and needs 2197 numbers. This "
                + "never comes to an end.",
            "13 words, so 13 · 13 pairs. Give each pair a place: a row for its first word, a place in "
                + "the row for its second.",
            "v[13 * a + b]++ for the numbers a and b of each two neighbours; "
                + "Vocabulary.ToList().IndexOf(word) gives the number of a word.",
            """
            // Exercise 4: pairs in the bag
            Vector<double> PairBag(IReadOnlyList<string> words)
            {
                var numbers = words.Select(word => Vocabulary.ToList().IndexOf(word)).ToList();
                var v = Vector<double>.Build.Dense(13 * 13);
                for (var i = 0; i + 1 < words.Count; i++) v[13 * numbers[i] + numbers[i + 1]]++;
                return v;
            }
            Check.PairBag(PairBag, "the still only still fish still", "the still fish still only still")
            """
        )
        {
            RightIf = Criteria02.PairBag,
        };
}
