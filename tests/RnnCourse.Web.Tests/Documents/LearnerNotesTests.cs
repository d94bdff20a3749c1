using RnnCourse.Web.Documents;

namespace RnnCourse.Web.Tests.Documents;

/// <summary>What a learner leaves beside a notebook survives, whatever happens to its file.</summary>
public sealed class LearnerNotesTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TestFolder _folder = new();

    private string File => _folder.PathOf(".learning", "06.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Attempts_and_predictions_are_there_again_when_the_file_is_read_anew()
    {
        var notes = LearnerNotes.Open(File);
        Assert.True(notes.Keep("a", Tried("one\n\"two\" ü 𝒙", "not yet")));
        Assert.True(notes.Keep("a", Tried("three", "correct")));
        notes.Predict("b", new Prediction("about <half>"), Noon);
        notes.Predict("c", new Prediction(Words: null), Noon);

        notes.Save();
        var again = LearnerNotes.Open(File);

        Assert.Equal(notes.AttemptsAt("a"), again.AttemptsAt("a"));
        Assert.Equal(["one\n\"two\" ü 𝒙", "three"], again.AttemptsAt("a").Select(attempt => attempt.Source));
        Assert.Equal(["not yet", "correct"], again.AttemptsAt("a").Select(attempt => attempt.Verdict));
        Assert.Equal("about <half>", again.PredictionOf("b")?.Words);
        Assert.Equal(new Prediction(Words: null), again.PredictionOf("c"));
        Assert.Null(again.PredictionOf("a"));
        Assert.Null(again.Problem);
    }

    [Fact]
    public void A_text_is_kept_once_and_stands_last_when_it_is_tried_again()
    {
        var notes = LearnerNotes.Open(File);
        notes.Keep("a", Tried("one", "not yet"));
        notes.Keep("a", Tried("two", "not yet"));
        Assert.False(notes.Keep("a", Tried("two", "not yet")));
        Assert.True(notes.Keep("a", new Attempt(Noon, "one", KeepReason.Reset, Verdict: null)));
        notes.Save();
        foreach (var known in new[] { notes, LearnerNotes.Open(File) })
        {
            Assert.Equal(["two", "one"], known.AttemptsAt("a").Select(attempt => attempt.Source));

            // The verdict of its run is not lost by the reset.
            Assert.Equal("not yet", known.AttemptsAt("a")[^1].Verdict);
        }
    }

    [Fact]
    public void A_prediction_can_be_made_again()
    {
        var notes = LearnerNotes.Open(File);
        notes.Predict("a", new Prediction("three"), Noon);
        notes.Predict("a", null, Noon);
        notes.Save();
        Assert.Null(LearnerNotes.Open(File).PredictionOf("a"));
        notes.Predict("a", new Prediction("four"), Noon);
        notes.Save();
        Assert.Equal("four", LearnerNotes.Open(File).PredictionOf("a")?.Words);
    }

    [Theory]
    [InlineData("{\"at\":\"2026-03-01T12:00:00+00:00\",\"cell\":\"a\",\"att")] // torn by a crash
    [InlineData("not JSON\n\n")]
    [InlineData("[1, 2]\n{\"cell\":\"a\"}\n")]
    [InlineData("{\"at\":\"2026-03-01T12:00:00+00:00\",\"cell\":\"a\",\"attempt\":\"x\",\"why\":\"Later\"}\n")]
    [InlineData("\0\0\0\0")]
    public void Lines_that_cannot_be_read_stay_and_do_not_harm_the_others(string strange)
    {
        Store("before", "not yet");
        System.IO.File.AppendAllText(File, strange);

        var notes = LearnerNotes.Open(File);
        notes.Keep("a", Tried("after", "correct"));
        notes.Save();

        Assert.Equal(["before", "after"], LearnerNotes.Open(File).AttemptsAt("a").Select(attempt => attempt.Source));
        Assert.Contains(strange.TrimEnd('\n'), System.IO.File.ReadAllText(File), StringComparison.Ordinal);
    }

    [Fact]
    public void What_somebody_else_adds_meanwhile_stays()
    {
        var notes = LearnerNotes.Open(File);
        notes.Keep("a", Tried("mine", "not yet"));
        notes.Save();
        Store("from another machine", "correct");
        notes.Keep("a", Tried("mine again", "not yet"));
        notes.Save();
        Assert.Equal(
            ["mine", "from another machine", "mine again"],
            LearnerNotes.Open(File).AttemptsAt("a").Select(attempt => attempt.Source)
        );
    }

    [Fact]
    public void What_cannot_be_written_is_kept_and_written_later()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetDirectoryName(File))!);
        System.IO.File.WriteAllText(Path.GetDirectoryName(File)!, "a file where the folder should be");
        var notes = LearnerNotes.Open(File);
        notes.Keep("a", Tried("one", "not yet"));
        notes.Save();
        Assert.NotNull(notes.Problem);
        Assert.True(notes.HasUnsaved);
        Assert.Single(notes.AttemptsAt("a"));

        System.IO.File.Delete(Path.GetDirectoryName(File)!);
        notes.Save();

        Assert.Null(notes.Problem);
        Assert.False(notes.HasUnsaved);
        Assert.Single(LearnerNotes.Open(File).AttemptsAt("a"));
    }

    [Fact]
    public void Without_a_file_notes_are_kept_in_memory()
    {
        var notes = LearnerNotes.Open(null);
        notes.Keep("a", Tried("one", "not yet"));
        notes.Save();
        Assert.Single(notes.AttemptsAt("a"));
        Assert.False(notes.HasUnsaved);
        Assert.Null(notes.Problem);
    }

    [Fact]
    public async Task Nothing_is_lost_that_is_noted_while_others_are_stored()
    {
        const int Count = 200;
        var notes = LearnerNotes.Open(File);
        var saving = Task.Run(
            () =>
            {
                while (notes.AttemptsAt("a").Count < Count || notes.HasUnsaved)
                {
                    notes.Save();
                }
            },
            TestContext.Current.CancellationToken
        );
        for (var i = 0; i < Count; i++)
        {
            notes.Keep("a", Tried($"{i}", "not yet"));
        }

        await saving;
        Assert.Equal(
            Enumerable.Range(0, Count).Select(i => $"{i}"),
            LearnerNotes.Open(File).AttemptsAt("a").Select(attempt => attempt.Source)
        );
    }

    private void Store(string source, string verdict)
    {
        var notes = LearnerNotes.Open(File);
        notes.Keep("a", Tried(source, verdict));
        notes.Save();
    }

    private static Attempt Tried(string source, string verdict) => new(Noon, source, KeepReason.Run, verdict);
}
