using RnnCourse.Core;
using RnnCourse.Model;
using RnnCourse.Tasks;
using RnnCourse.Training;

namespace RnnCourse.Tests.Tasks;

public sealed class TaskTrainingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_stopped_training_that_is_resumed_ends_with_the_same_bits()
    {
        foreach (
            var (task, settings) in new (CourseTask, TaskSettings)[]
            {
                (
                    SmallNames(),
                    new()
                    {
                        HiddenSize = 8,
                        Steps = 60,
                        ValidateEvery = 10,
                        BatchSize = 4,
                    }
                ),
                (
                    SmallReviews(),
                    new()
                    {
                        HiddenSize = 8,
                        Steps = 60,
                        ValidateEvery = 10,
                        BatchSize = 4,
                        WordDropout = 0.3,
                        Layers = 2,
                        Dropout = 0.2,
                    }
                ),
                (
                    new TextTask(
                        new()
                        {
                            Path = Write("text.txt", string.Concat(Enumerable.Repeat("the cat sat on the mat.\n", 80))),
                        }
                    ),
                    new()
                    {
                        HiddenSize = 8,
                        Steps = 60,
                        ValidateEvery = 10,
                        BatchSize = 2,
                        Window = 8,
                    }
                ),
            }
        )
        {
            using var whole = new TaskTraining(task, settings);
            Assert.Equal(TrainingEnd.AllSteps, whole.Run(Token));

            var checkpoint = Path.Combine(_folder, "c");
            using var cancellation = new CancellationTokenSource();
            using (
                var stopped = new TaskTraining(
                    task,
                    settings,
                    new(checkpoint),
                    entry =>
                    {
                        if (entry.Step >= 37)
                        {
                            cancellation.Cancel();
                        }
                    },
                    logEvery: 1
                )
            )
            {
                Assert.Equal(TrainingEnd.Cancelled, stopped.Run(cancellation.Token));
            }

            using var resumed = new TaskTraining(task, settings with { Threads = 1 }, new(checkpoint));
            resumed.Resume(checkpoint);
            Assert.Equal(37, resumed.StepCount);
            resumed.Run(Token);
            Assert.Equal(whole.BestDevLoss, resumed.BestDevLoss);
            Assert.Equal(
                whole.Model.Parameters.SelectMany(p => p.Values),
                resumed.Model.Parameters.SelectMany(p => p.Values)
            );
        }
    }

    [Fact]
    public void The_best_model_is_kept_not_the_last()
    {
        var task = SmallNames();
        using var training = new TaskTraining(
            task,
            new()
            {
                HiddenSize = 32,
                Steps = 600,
                ValidateEvery = 20,
                LearningRate = 0.02,
            }
        );
        training.Run(Token);
        Assert.Equal(training.BestDevLoss, task.DevLoss(training.Model), 1e-9);
        Assert.True(training.Log.Entries[^1].ValidationLoss > training.BestDevLoss);
    }

    [Fact]
    public void A_few_hundred_steps_beat_the_bigram_of_names()
    {
        var task = new NamesTask(new());
        var settings = TaskCatalogue.SettingsFor("names") with { Steps = 800, Cell = CellKind.Gru };
        using var training = new TaskTraining(task, settings);
        training.Run(Token);
        var bigram = task.Baselines(settings).Single(baseline => baseline.Method == "bigram").Scores[0].Value;
        Assert.InRange(bigram, 2.45, 2.48);
        Assert.True(task.Measure(training.Model)[0].Value < bigram - 0.1);
    }

    [Fact]
    public void The_tagger_learns_what_the_neighbours_say()
    {
        var task = new TaggingTask(new());
        var settings = TaskCatalogue.SettingsFor("pos") with { Steps = 300, ValidateEvery = 100 };
        using var training = new TaskTraining(task, settings);
        training.Run(Token);
        var (model, baseline) = (task.Measure(training.Model), task.Baselines(settings)[1].Scores);
        Assert.True(model[0].Value > baseline[0].Value + 0.03, $"{model[0].Value} against {baseline[0].Value}");
        Assert.True(model[1].Value > baseline[1].Value + 0.08, $"{model[1].Value} against {baseline[1].Value}");
    }

    [Fact]
    public void A_bag_of_words_is_right_for_exactly_one_of_each_contrast_pair()
    {
        var baselines = new ReviewTask(new()).Baselines(new());
        Assert.Equal(
            0.5,
            baselines
                .Single(baseline => baseline.Method.StartsWith("bag of words,", StringComparison.Ordinal))
                .Scores[1]
                .Value
        );
    }

    [Fact]
    public void A_file_is_all_it_takes_to_use_a_model()
    {
        TaskModel ThroughFile(CourseTask task, TaskSettings settings)
        {
            using var training = new TaskTraining(task, settings);
            training.Run(Token);
            var path = Path.Combine(_folder, "m");
            new TaskModel(task.Name, training.Model, task.Notes).Save(path);
            var loaded = TaskModel.Load(path);
            Assert.Equal(
                task.Measure(training.Model).Select(score => score.Value),
                loaded.OpenTask(Data(task)).Measure(loaded.Model).Select(score => score.Value)
            );
            return loaded;
        }

        var names = new TextSampler(
            ThroughFile(
                SmallNames(),
                new()
                {
                    HiddenSize = 16,
                    Steps = 300,
                    LearningRate = 0.01,
                }
            )
        );
        string Sample(double temperature, int topK, ulong seed) =>
            string.Concat(names.Write("an", 20, temperature, topK, new SeededRandom(seed)));
        Assert.Equal(Sample(1, 0, 3), Sample(1, 0, 3));
        Assert.Equal(Sample(0, 0, 1), Sample(1, 1, 2));
        Assert.True(Enumerable.Range(0, 20).Select(k => Sample(2, 0, (ulong)k)).Distinct().Count() > 5);
        Assert.Equal(["!"], names.UnknownIn("an!"));

        var rater = new TextRater(
            ThroughFile(
                SmallReviews(),
                new()
                {
                    HiddenSize = 8,
                    Steps = 200,
                    LearningRate = 0.01,
                }
            )
        );
        Assert.Equal(["neg", "pos"], rater.Labels);
        Assert.True(rater.Rate("this was good number 3")[^1].Probabilities[1] > 0.8);
        Assert.True(rater.Rate("this was bad number 3")[^1].Probabilities[0] > 0.8);
        Assert.Empty(rater.Rate(" "));

        var tagger = ThroughFile(
            new TaggingTask(new()),
            new()
            {
                HiddenSize = 16,
                Steps = 100,
                Bidirectional = true,
            }
        );
        Assert.Equal(["DET", "NOUN", "PUNCT"], new SentenceTagger(tagger).Tag("the soup.").Select(word => word.Tag));
        Assert.Contains(
            "cannot write text",
            Assert.Throws<InvalidDataException>(() => new TextSampler(tagger)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Invalid_settings_are_refused()
    {
        var task = SmallNames();
        Assert.Contains(
            "a bidirectional model would see it",
            Assert.Throws<ArgumentException>(() => new TaskTraining(task, new() { Bidirectional = true })).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "hidden size",
            Assert.Throws<ArgumentException>(() => new TaskTraining(task, new() { HiddenSize = 0 })).Message,
            StringComparison.Ordinal
        );
    }

    private TaskData Data(CourseTask task) =>
        task switch
        {
            NamesTask => new() { Path = Path.Combine(_folder, "names.txt") },
            ReviewTask => new() { Path = Path.Combine(_folder, "reviews.tsv") },
            _ => new(),
        };

    private NamesTask SmallNames() =>
        new(
            new()
            {
                Path = Write(
                    "names.txt",
                    string.Concat(
                        Enumerable
                            .Range(0, 60)
                            .Select(k => $"an{"abcde"[k % 5]}{"nml"[k % 3]}{"iou"[k / 20]}{"xyzw"[k % 4]}\n")
                    )
                ),
            }
        );

    private ReviewTask SmallReviews() =>
        new(
            new()
            {
                Path = Write(
                    "reviews.tsv",
                    "label\ttext\n"
                        + string.Concat(
                            Enumerable
                                .Range(0, 60)
                                .Select(k =>
                                    (k % 2 == 0 ? "pos\tthis was good" : "neg\tthis was bad") + $" number {k / 2}\n"
                                )
                        )
                ),
            }
        );

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
