using CsCheck;
using RnnCourse.Plotting.Charts;

namespace RnnCourse.Plotting.Tests.Charts;

public sealed class CategoryScaleTests
{
    [Fact]
    public void Few_short_labels_are_all_written_level() =>
        Assert.Equal(new LabelFit(1, 0, 16), CategoryScale.Fit(["the", "cat", "sees", "a", "dog"]));

    [Fact]
    public void Letters_of_a_sentence_are_all_written_level() =>
        Assert.Equal(new LabelFit(1, 0, 16), CategoryScale.Fit([.. "the cat sees a dog on a mat".Select(c => $"{c}")]));

    [Fact]
    public void Words_too_wide_to_be_level_are_turned_and_all_written()
    {
        Assert.Equal(new LabelFit(1, -40, 16), CategoryScale.Fit([.. Enumerable.Repeat("yesterday", 20)]));
        Assert.Equal(new LabelFit(1, -90, 16), CategoryScale.Fit([.. Enumerable.Repeat("yesterday", 30)]));
        Assert.Equal(new LabelFit(1, -90, 11), CategoryScale.Fit([.. Enumerable.Repeat("yesterday", 40)]));
    }

    [Fact]
    public void Numbers_that_count_up_are_thinned_out()
    {
        Assert.Equal(new LabelFit(2, 0, 16), CategoryScale.Fit([.. Enumerable.Range(0, 32).Select(k => $"{k}")]));
        var rounded = Enumerable.Range(0, 41).Select(k => (-0.5 + (k * 0.025)).ToString("F2", null));
        Assert.True(CategoryScale.Fit([.. rounded]).Step > 1);
    }

    [Fact]
    public void Numbers_in_another_order_are_all_written_smaller()
    {
        var (step, angle, size) = CategoryScale.Fit([.. Enumerable.Range(0, 32).Select(k => $"{k * 7 % 32}")]);
        Assert.Equal((1, 0), (step, angle));
        Assert.InRange(size, 11, 14);
        Assert.Equal(new LabelFit(1, -90, 16), CategoryScale.Fit([.. Enumerable.Repeat("WWW", 25)]));
    }

    [Fact]
    public void Of_a_hundred_long_labels_few_are_written_level()
    {
        var (step, angle, _) = CategoryScale.Fit([.. Enumerable.Repeat("a rather long label", 100)]);
        Assert.InRange(step, 20, 50);
        Assert.Equal(0, angle);
    }

    [Fact]
    public void Level_labels_do_not_overlap() =>
        Gen.String[Gen.Char.AlphaNumeric, 1, 15]
            .Array[1, 300]
            .Sample(labels =>
            {
                var (step, angle, size) = CategoryScale.Fit(labels);
                var pitch = 590.0 / labels.Length * step;
                for (var i = 0; angle == 0 && i + step < labels.Length; i += step)
                {
                    var needed = (labels[i].Length + labels[i + step].Length) / 2.0 * size * 0.3;
                    Assert.True(needed <= pitch, $"'{labels[i]}' and '{labels[i + step]}' overlap");
                }
            });

    [Fact]
    public void Rows_that_count_up_are_thinned_out_beside_a_heat_map()
    {
        string[] Counted(int count) => [.. Enumerable.Range(0, count).Select(k => $"{k}")];
        Assert.Equal(
            (1, 0),
            (CategoryScale.FitBeside(Counted(14)).Fit.Step, CategoryScale.FitBeside(Counted(14)).ExtraHeight)
        );
        Assert.Equal(2, CategoryScale.FitBeside(Counted(16)).Fit.Step);
        Assert.Equal(10, CategoryScale.FitBeside(Counted(100)).Fit.Step);
    }

    [Fact]
    public void Other_rows_are_all_written_and_make_the_map_taller()
    {
        string[] units = [.. Enumerable.Range(0, 32).Select(k => $"{k * 7 % 32}")];
        var (fit, extra) = CategoryScale.FitBeside(units);
        Assert.Equal(1, fit.Step);
        Assert.True(290 + extra >= units.Length * fit.Size * 1.2, $"{extra} isn't enough for 32 rows");
    }
}
