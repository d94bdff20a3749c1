using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Exercises.Tests.RightAnswers;
using RnnCourse.Model;
using RnnCourse.Tasks;

namespace RnnCourse.Exercises.Tests.WrongValues;

/// <summary>Generators of wrong answers to the exercises of lesson 12.</summary>
internal static class Values12
{
    private static readonly Lazy<NamesTask> Names = new(() => new NamesTask(new TaskData()));

    public static IReadOnlyDictionary<string, Func<IEnumerable<Feedback>>> All { get; } =
        new Dictionary<string, Func<IEnumerable<Feedback>>> { ["12.3"] = Predictions, ["12.4"] = Surprises };

    private static IEnumerable<Feedback> Predictions()
    {
        var task = Names.Value;
        Dictionary<string, double[]> Count(IEnumerable<string> names)
        {
            var after = new Dictionary<string, double[]>();
            foreach (var (symbols, targets) in task.Encode(names))
            {
                for (var i = 0; i < targets.Count; i++)
                {
                    foreach (var length in new[] { 1, 2, 3 })
                    {
                        var key = Key([.. symbols.Take(i + 1)], length);
                        if (!after.TryGetValue(key, out var counts))
                        {
                            after[key] = counts = new double[27];
                        }

                        counts[targets[i]]++;
                    }
                }
            }

            return after;
        }

        static string Key(IReadOnlyList<int> before, int length) =>
            length + ":" + string.Join(' ', Enumerable.Repeat(0, 3).Concat(before).TakeLast(length));
        double[] Mixed(Dictionary<string, double[]> after, IReadOnlyList<int> before, int length, double weight)
        {
            var bigram = RightAnswerParts.Normalised(
                (after.GetValueOrDefault(Key(before, 1)) ?? new double[27]).Select(c => c + 1)
            );
            return length == 1
                ? bigram
                : RightAnswerParts.Normalised(
                    (after.GetValueOrDefault(Key(before, length)) ?? new double[27]).Zip(
                        bigram,
                        (count, p) => count + (weight * p)
                    )
                );
        }

        var train = Count(task.Split.Train);
        foreach (
            var cheat in new[]
            {
                Count([.. task.Split.Train, .. task.Split.Test]),
                Count(task.Split.Test),
                Count([.. task.Split.Train, .. task.Split.Test.Take(200)]),
            }
        )
        {
            foreach (var weight in new[] { 1.0, 5 })
            {
                yield return Check.BeatsTheBigram(task, before => Mixed(cheat, before, 2, weight));
            }

            yield return Check.BeatsTheBigram(task, before => Mixed(cheat, before, 3, 3));
        }

        yield return Check.BeatsTheBigram(task, before => Mixed(train, before, 1, 1));
        yield return Check.BeatsTheBigram(task, before => Mixed(train, [before[0]], 1, 1));
        yield return Check.BeatsTheBigram(task, _ => RightAnswerParts.Normalised(Enumerable.Repeat(1.0, 27)));
        yield return Check.BeatsTheBigram(task, before => Mixed(train, before, 3, 1e-9));
        yield return Check.BeatsTheBigram(task, before => [.. Mixed(train, before, 2, 5).Select(p => 2 * p)]);
        yield return Check.BeatsTheBigram(task, before => [.. Mixed(train, before, 2, 5).Skip(1)]);
        yield return Check.BeatsTheBigram(task, before => [.. Mixed(train, before, 2, 5).Select(p => Math.Log(p))]);
        var net = new SequenceModel<double>(new ModelShape(CellKind.Gru, 27, 16, 27), new SeededRandom(4));
        yield return Check.BeatsTheBigram(
            task,
            before =>
            {
                var batch = SequenceBatch.OfSymbols<double>(27);
                batch.Resize(before.Count, 1);
                for (var t = 0; t < before.Count; t++)
                {
                    batch.Symbols[t] = before[t];
                }

                return CrossEntropy
                    .Softmax(Vector<double>.Build.Dense(net.Twin().Forward(batch)[^27..].ToArray()))
                    .ToArray();
            }
        );
    }

    private static IEnumerable<Feedback> Surprises()
    {
        var model = new SequenceModel<double>(new ModelShape(CellKind.Rnn, 27, 4, 27), new SeededRandom(1));
        model.Output.c.Values[0] = -5; // the end surprises most
        foreach (var name in new[] { "emma", "siobhan", "zoe" })
        {
            foreach (var place in Enumerable.Range(0, name.Length + 3).Where(place => place != name.Length + 1))
            {
                yield return Check.MostSurprising(Names.Value, model, name, place);
            }
        }

        yield return Check.MostSurprising(Names.Value, model, "zoë", 1);
        yield return Check.MostSurprising(Names.Value, model, "Emma", 5);
    }
}
