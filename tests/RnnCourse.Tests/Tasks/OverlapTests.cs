using RnnCourse.Tasks;

namespace RnnCourse.Tests.Tasks;

public sealed class OverlapTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rnn-tests-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_learnt_is_recognised_also_after_it_went_through_a_file()
    {
        var own = Names("own.txt", 0);
        var model = Trained(own);
        Assert.Equal(0, own.OverlapWith(model)!.Same);
        Assert.Equal(0, own.OverlapWith(null)!.Same);

        // The same names and as many others: the split differs, so that some test names were in the training data.
        var mixed = Names("mixed.txt", 0, 60);
        var overlap = mixed.OverlapWith(model)!;
        var learnt = own.Split.Train.Concat(own.Split.Dev).ToHashSet();
        Assert.Equal(mixed.Split.Test.Count, overlap.Items);
        Assert.Equal(mixed.Split.Test.Count(learnt.Contains), overlap.Same);
        Assert.True(overlap.Same > 0);
        Assert.Equal(0, Names("others.txt", 60).OverlapWith(model)!.Same);
        Assert.Null(own.OverlapWith(new("names", model.Model, own.Notes)));
    }

    [Fact]
    public void Texts_that_are_nearly_the_same_are_found()
    {
        string Text(int k, string end) =>
            string.Join(' ', Enumerable.Range(0, 12).Select(i => $"w{(k * 31) + (i * i)}")) + end;
        string Table(int count, Func<int, string> text) =>
            "label\ttext\n"
            + string.Concat(Enumerable.Range(0, count).Select(k => $"{(k % 2 == 0 ? "a" : "b")}\t{text(k)}\n"));
        ReviewTask Read(string name, string table)
        {
            File.WriteAllText(Path.Combine(_folder, name), table);
            return new(new() { Path = Path.Combine(_folder, name) });
        }

        var own = Read("own.tsv", Table(40, k => Text(k, "")));
        using var training = new TaskTraining(own, new() { HiddenSize = 2, Steps = 1 });
        training.Run(Token);
        var changed = Read("changed.tsv", Table(25, k => Text(k, " !")));
        var overlap = changed.OverlapWith(training.Trained)!;
        Assert.Equal(0, overlap.Same);
        Assert.InRange(overlap.Near, 1, overlap.Items);
        var others = Read("others.tsv", Table(40, k => Text(k + 1000, "")));
        Assert.Equal((0, 0), (others.OverlapWith(training.Trained)!.Same, others.OverlapWith(training.Trained)!.Near));
    }

    [Fact]
    public void Of_very_many_items_the_share_that_is_known_is_still_told()
    {
        var learnt = TrainingItemHashes.FromText(
            TrainingItemHashes.Of(Enumerable.Range(0, 200_000).Select(k => $"item {k}")).ToText()
        );
        string[] asked = [.. Enumerable.Range(150_000, 100_000).Select(k => $"item {k}")];
        string[] covered = [.. asked.Where(learnt.Covers)];
        Assert.InRange(covered.Length, 8_000, 12_000);
        Assert.InRange(covered.Count(learnt.Contains) / (double)covered.Length, 0.47, 0.53);
        Assert.Throws<InvalidDataException>(() => TrainingItemHashes.FromText("no base64"));
    }

    [Fact]
    public void A_model_tells_where_it_comes_from()
    {
        var task = Names("own.txt", 0);
        var model = Trained(task);
        var provenance = Provenance.Of(model)!;
        Assert.Equal(Path.Combine(_folder, "own.txt"), provenance.Data.Path);
        Assert.Equal(["train", "dev", "test"], provenance.Parts.Select(part => part.Name));
        Assert.Equal(task.PartRecords, provenance.Parts);
        Assert.Equal((7UL, 5L), (provenance.Settings.Seed, provenance.Steps));
        Assert.Contains("80 : 10 : 10", provenance.Split, StringComparison.Ordinal);
        Assert.NotEqual(task.PartRecords[2], Names("mixed.txt", 0, 60).PartRecords[2]);
        Assert.Null(Provenance.Of(new("names", model.Model, task.Notes)));
    }

    private TaskModel Trained(NamesTask task)
    {
        using var training = new TaskTraining(
            task,
            new()
            {
                HiddenSize = 2,
                Steps = 5,
                Seed = 7,
            }
        );
        training.Run(Token);
        var path = Path.Combine(_folder, "model");
        training.Trained.Save(path);
        return TaskModel.Load(path);
    }

    private NamesTask Names(string file, params int[] from)
    {
        var path = Path.Combine(_folder, file);
        File.WriteAllLines(
            path,
            from.SelectMany(first => Enumerable.Range(first, 60))
                .Select(k => $"n{"abcdefghij"[k / 10 % 10]}{"klmnopqrst"[k % 10]}{(k >= 100 ? "u" : "")}")
        );
        return new(new() { Path = path });
    }
}
