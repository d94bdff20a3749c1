using System.Text;
using RnnCourse.Exercises.Quizzes;
using RnnCourse.Exercises.Recording;

namespace RnnCourse.Exercises.Tests.Recording;

public sealed class ProgressFileTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("progress").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Path => System.IO.Path.Combine(_folder, "deep", "er", "progress.jsonl");

    [Fact]
    public void What_is_noted_is_read_again()
    {
        ProgressEntry[] entries =
        [
            new ExerciseEntry(Noon, "06.2a", FeedbackState.Correct),
            new ClaimEntry(Noon.AddHours(1), "L13", "“quotes”, \\ and\nlines"),
        ];
        Assert.All(entries, entry => Assert.True(ProgressFile.TryAppend(Path, entry)));
        Assert.Equal(entries, ProgressFile.Read(Path));

        Assert.True(
            ProgressFile.TryAppend(
                Path,
                new QuizEntry(Noon, "06", [QuizState.Right, QuizState.NotThisOne, QuizState.NotAnswered])
            )
        );
        var quiz = Assert.IsType<QuizEntry>(ProgressFile.Read(Path)[2]);
        Assert.Equal((Noon, "06"), (quiz.At, quiz.Lesson));
        Assert.Equal([QuizState.Right, QuizState.NotThisOne, QuizState.NotAnswered], quiz.Answers);
    }

    [Fact]
    public void A_line_has_the_fields_and_words_of_a_verdict()
    {
        Assert.Equal(
            """{"at":"2026-11-23T12:00:00Z","exercise":"06.2a","verdict":"correct"}""",
            Encoding.UTF8.GetString(ProgressJson.Write(new ExerciseEntry(Noon, "06.2a", FeedbackState.Correct)))
        );
        Assert.Equal(
            """{"at":"2026-11-23T12:00:00Z","quiz":"06","answers":[{"verdict":"correct"},{"verdict":"not this one"}]}""",
            Encoding.UTF8.GetString(
                ProgressJson.Write(new QuizEntry(Noon, "06", [QuizState.Right, QuizState.NotThisOne]))
            )
        );
    }

    [Fact]
    public void Lines_of_earlier_versions_are_read()
    {
        Assert.Equal(
            new ExerciseEntry(Noon, "06.1b", FeedbackState.NotYet),
            ProgressJson.Parse("""{"at":"2026-11-23T12:00:00Z","exercise":"06.1b","state":"NotYet"}""")
        );
        var quiz = Assert.IsType<QuizEntry>(
            ProgressJson.Parse("""{"at":"2026-11-23T12:00:00Z","quiz":"06","answers":["Right","NoSuchLetter"]}""")
        );
        Assert.Equal([QuizState.Right, QuizState.NoSuchLetter], quiz.Answers);
    }

    [Theory]
    [InlineData("06.1a", FeedbackState.NotAttempted)]
    [InlineData("06.1a", FeedbackState.NotYet)]
    [InlineData("14.3", FeedbackState.Correct)]
    public void Each_state_is_read_as_it_was_written(string exercise, FeedbackState state)
    {
        var entry = new ExerciseEntry(Noon, exercise, state);
        Assert.Equal(entry, ProgressJson.Parse(Encoding.UTF8.GetString(ProgressJson.Write(entry))));
    }

    [Fact]
    public void A_missing_file_means_no_progress_yet() => Assert.Empty(ProgressFile.Read(Path));

    [Fact]
    public void A_last_line_that_a_crash_cut_off_is_lost_and_the_others_are_kept()
    {
        foreach (var cut in new[] { 1, 10, 40, 66 })
        {
            if (File.Exists(Path))
            {
                File.Delete(Path);
            }

            ProgressFile.TryAppend(Path, new ExerciseEntry(Noon, "06.1a", FeedbackState.Correct));
            File.AppendAllText(
                Path,
                """{"at":"2026-11-23T12:00:00Z","exercise":"06.1b","state":"Correct"}"""[..(cut - 1)]
            );
            ProgressFile.TryAppend(Path, new ExerciseEntry(Noon, "06.2a", FeedbackState.NotYet));
            Assert.Equal(
                ["06.1a", "06.2a"],
                ProgressFile.Read(Path).Cast<ExerciseEntry>().Select(entry => entry.Exercise)
            );
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"at":"2026-11-23T12:00:00Z"}""")]
    [InlineData("""{"at":"yesterday","exercise":"06.1a","state":"Correct"}""")]
    [InlineData("""{"at":"2026-11-23T12:00:00Z","exercise":6,"state":"Correct"}""")]
    [InlineData("""{"at":"2026-11-23T12:00:00Z","exercise":"06.1a","state":"Brilliant"}""")]
    [InlineData("""{"at":"2026-11-23T12:00:00Z","exercise":"06.1a","state":"7"}""")]
    [InlineData("""{"at":"2026-11-23T12:00:00Z","exercise":"06.1a"}""")]
    [InlineData("""{"at":"2026-11-23T12:00:00Z","exercise":"06.1a","verdict":"brilliant"}""")]
    [InlineData("""{"at":"2026-11-23T12:00:00Z","quiz":"06","answers":[{"verdict":"perhaps"}]}""")]
    [InlineData("""{"at":"2026-11-23T12:00:00Z","quiz":"06","answers":[{}]}""")]
    [InlineData("""{"at":"2026-11-23T12:00:00Z","quiz":"06","answers":"Right"}""")]
    [InlineData("""{"at":"2026-11-23T12:00:00Z","quiz":"06","answers":[1]}""")]
    [InlineData("""{"at":"2026-11-23T12:00:00Z","later":"version"}""")]
    [InlineData("\u0000\u0000\u0000")]
    public void A_line_that_is_not_an_entry_is_skipped(string line) => Assert.Null(ProgressJson.Parse(line));

    [Fact]
    public async Task Many_writers_at_once_lose_nothing()
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(writer =>
                    Task.Run(() =>
                    {
                        for (var i = 0; i < 25; i++)
                        {
                            Assert.True(
                                ProgressFile.TryAppend(
                                    Path,
                                    new ExerciseEntry(Noon, $"{writer:00}.{i}", FeedbackState.Correct)
                                )
                            );
                        }
                    })
                )
        );
        Assert.Equal(
            100,
            ProgressFile.Read(Path).Cast<ExerciseEntry>().Select(entry => entry.Exercise).Distinct().Count()
        );
    }

    [Fact]
    public void Where_nothing_can_be_written_nothing_is_thrown()
    {
        var file = System.IO.Path.Combine(_folder, "a-file");
        File.WriteAllText(file, "");
        var entry = new ExerciseEntry(Noon, "06.1a", FeedbackState.Correct);
        Assert.False(ProgressFile.TryAppend(System.IO.Path.Combine(file, "progress.jsonl"), entry));
        Assert.False(ProgressFile.TryAppend(_folder, entry));
        Assert.False(ProgressFile.TryAppend("", entry));
        Assert.False(ProgressFile.TryAppend("\0", entry));
    }
}
