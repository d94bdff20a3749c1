using CsCheck;
using RnnCourse.Datasets;

namespace RnnCourse.Tests.Datasets;

public sealed class TableFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Whatever_is_quoted_comes_back() =>
        Gen.String[Gen.Char["ab,;\"\n "], 1, 8]
            .Array[2]
            .Array[1, 6]
            .Sample(
                rows =>
                {
                    File.WriteAllText(
                        _path,
                        "x,y\n"
                            + string.Concat(
                                rows.Select(row =>
                                    string.Join(
                                        ',',
                                        row.Select(field =>
                                            $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
                                        )
                                    ) + "\n"
                                )
                            )
                    );
                    Assert.Equal(rows, new TableFile(_path).Rows().Select(row => row.Fields.ToArray()));
                },
                iter: 300,
                threads: 1
            );

    [Fact]
    public void In_a_tsv_a_quote_is_a_character()
    {
        Write("label\ttext\npos\t\"so-called\" art\n\nneg\t5\" too long");
        var table = new TableFile(_path);
        Assert.Equal(["\"so-called\" art", "5\" too long"], table.Rows().Select(row => row.Fields[1]));
        Assert.Equal([2, 4], table.Rows().Select(row => row.Line));
    }

    [Theory]
    [InlineData("a,b\n1,2,3\n", 2, 0, "3 fields")]
    [InlineData("a,b\n1,\"2\n3\n", 2, 3, "never closed")]
    [InlineData("a,b\n1,\"2\"3\n", 2, 6, "closes a field")]
    [InlineData("a,A\n1,2\n", 1, 0, "Two columns")]
    [InlineData("", 0, 0, "empty")]
    public void Broken_tables_are_refused_at_their_place(string text, long line, long column, string word)
    {
        Write(text);
        var refused = Assert.Throws<DataFileException>(() => new TableFile(_path).Rows().ToList());
        Assert.Contains(word, refused.Message, StringComparison.Ordinal);
        Assert.Equal((line, column), (refused.Line, refused.Column));
    }

    [Fact]
    public void Labelled_texts_are_found_by_usual_names_and_otherwise_asked_for()
    {
        Write("Review\tLiked\ngood food\t1\n");
        var usual = new LabelledTextFile(_path);
        Assert.Equal(("Review", "Liked"), (usual.TextColumn, usual.LabelColumn));
        Assert.Equal(("1", "good food", 2), usual.Read().Select(row => (row.Label, row.Text, row.Line)).Single());
        Write("Words,Verdict\ngood food,1\nbad food,\n");
        var asked = Assert.Throws<DataFileException>(() => new LabelledTextFile(_path));
        Assert.Contains("'Words', 'Verdict'", asked.Message, StringComparison.Ordinal);
        Assert.Contains("--text-column", asked.Message, StringComparison.Ordinal);
        var named = new LabelledTextFile(_path, "words", "2");
        Assert.Equal(3, Assert.Throws<DataFileException>(() => named.Read().ToList()).Line);
        Assert.Contains(
            "no column 'stars'",
            Assert.Throws<DataFileException>(() => new LabelledTextFile(_path, "words", "stars")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Numbers_are_read_with_and_without_header_and_refused_at_their_place()
    {
        Write("1749;01;1749.042;  96.7; -1.0\n1749;02;1749.123; 104.3; -1.0\n");
        Assert.Equal([96.7, 104.3], NumberSeries.Read(_path, "4").Values);
        Write("month,value\n1,2.5\n2,n/a\n");
        var refused = Assert.Throws<DataFileException>(() => NumberSeries.Read(_path));
        Assert.Equal((3, 3), (refused.Line, refused.Column));
        Write("3\n1\n4\n");
        Assert.Equal([3.0, 1, 4], NumberSeries.Read(_path).Values);
        Write("a,b\nx,y\n");
        Assert.Contains(
            "No column holds numbers",
            Assert.Throws<DataFileException>(() => NumberSeries.Read(_path)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Names_are_read_from_lists_and_from_tables()
    {
        Write("Anna\n\n  Bert \r\n");
        Assert.Equal(["Anna", "Bert"], Names());
        Write("Anna,F,70\nBert,M,60\n");
        Assert.Equal(["Anna", "Bert"], Names());
        Write("id,Name\n1,Anna\n2,Bert\n");
        Assert.Equal(["Anna", "Bert"], Names());
        Write("");
        Assert.Empty(Names());
        Write(new string('x', 200));
        Assert.Contains(
            "too many for a name",
            Assert.Throws<DataFileException>(() => Names()).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_parts_of_a_folder_are_recognised_by_their_names()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        foreach (var name in new[] { "en-ud-train.conllu", "en-ud-dev.conllu", "en-ud-test.conllu", "contest.txt" })
        {
            File.WriteAllText(Path.Combine(folder, name), "");
        }

        var parts = DataParts.Find(folder, ".conllu");
        Assert.Equal(
            ["en-ud-train.conllu", "en-ud-dev.conllu", "en-ud-test.conllu"],
            parts.All.Select(Path.GetFileName)
        );
        Assert.True(parts.AreGiven);
        Assert.Equal(["contest.txt"], DataParts.Find(folder, ".txt").Train.Select(Path.GetFileName));
        Assert.Contains(
            "ends with .csv",
            Assert.Throws<DataFileException>(() => DataParts.Find(folder, ".csv")).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "does not exist",
            Assert.Throws<DataFileException>(() => DataParts.Find(Path.Combine(folder, "nowhere"), ".csv")).Message,
            StringComparison.Ordinal
        );
        File.Delete(Path.Combine(folder, "en-ud-train.conllu"));
        Assert.Contains(
            "'train'",
            Assert.Throws<DataFileException>(() => DataParts.Find(folder, ".conllu")).Message,
            StringComparison.Ordinal
        );
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void The_outermost_folder_that_tells_a_part_decides()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        foreach (var name in new[] { "train/a.txt", "dev/My.Training.txt", "test/dev.txt" })
        {
            Directory.CreateDirectory(Path.Combine(folder, Path.GetDirectoryName(name)!));
            File.WriteAllText(Path.Combine(folder, name), "");
        }

        var parts = DataParts.Find(folder, ".txt");
        Assert.Equal("a.txt", Path.GetFileName(Assert.Single(parts.Train)));
        Assert.Equal("My.Training.txt", Path.GetFileName(Assert.Single(parts.Dev)));
        Assert.Equal("dev.txt", Path.GetFileName(Assert.Single(parts.Test)));
        File.WriteAllText(Path.Combine(folder, "train-test.txt"), "");
        Assert.Contains(
            "two parts",
            Assert.Throws<DataFileException>(() => DataParts.Find(folder, ".txt")).Message,
            StringComparison.Ordinal
        );
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_dev_part_without_a_test_part_is_data_to_learn_from()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        foreach (var name in new[] { "train.txt", "dev.txt", "testing.txt" })
        {
            File.WriteAllText(Path.Combine(folder, name), "");
        }

        // 'testing' is a different word from 'test'.
        var parts = DataParts.Find(folder, ".txt");
        Assert.False(parts.AreGiven);
        Assert.Equal(["train.txt", "dev.txt"], parts.Train.Select(Path.GetFileName));
        Assert.Empty(parts.Dev);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("train-dev.txt")]
    [InlineData("dev-test.txt")]
    public void A_file_whose_name_says_two_parts_is_refused(string name)
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        foreach (var file in new[] { "train.txt", "test.txt", name })
        {
            File.WriteAllText(Path.Combine(folder, file), "");
        }

        var refused = Assert.Throws<DataFileException>(() => DataParts.Find(folder, ".txt")).Message;
        Assert.Contains($"{name}: By its name this file belongs to two parts", refused, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    private List<string> Names() => NameList.Read(_path).Select(line => line.Text).ToList();

    private void Write(string text) => File.WriteAllText(_path, text);
}
