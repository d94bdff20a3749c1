using CsCheck;
using RnnCourse.Plotting.Charts;

namespace RnnCourse.Plotting.Tests.Charts;

public sealed class CategoryScaleTests
{
    [Fact]
    public void Few_short_labels_are_all_written_level() =>
        Assert.Equal((1, 0), CategoryScale.Fit(["the", "cat", "sees", "a", "dog"]));

    [Fact]
    public void Letters_of_a_sentence_are_all_written_level() =>
        Assert.Equal((1, 0), CategoryScale.Fit([.. "the cat sees a dog on a mat".Select(c => $"{c}")]));

    [Fact]
    public void Words_too_wide_to_be_level_are_turned_and_all_written()
    {
        Assert.Equal((1, -40), CategoryScale.Fit([.. Enumerable.Repeat("yesterday", 20)]));
        Assert.Equal((1, -90), CategoryScale.Fit([.. Enumerable.Repeat("yesterday", 30)]));
    }

    [Fact]
    public void Labels_of_up_to_three_letters_stay_level_even_if_some_are_left_out()
    {
        Assert.Equal((5, 0), CategoryScale.Fit([.. Enumerable.Repeat("WWW", 25)]));
        Assert.Equal((1, -90), CategoryScale.Fit([.. Enumerable.Repeat("WWWW", 25)]));
    }

    [Fact]
    public void Of_a_hundred_long_labels_few_are_written_level()
    {
        var (step, angle) = CategoryScale.Fit([.. Enumerable.Repeat("a rather long label", 100)]);
        Assert.InRange(step, 20, 50);
        Assert.Equal(0, angle);
    }

    [Fact]
    public void Level_labels_do_not_overlap() =>
        Gen.String[Gen.Char.AlphaNumeric, 1, 15]
            .Array[1, 300]
            .Sample(labels =>
            {
                var (step, angle) = CategoryScale.Fit(labels);
                var pitch = 590.0 / labels.Length * step;
                for (var i = 0; angle == 0 && i + step < labels.Length; i += step)
                {
                    var needed = (labels[i].Length + labels[i + step].Length) / 2.0 * 16 * 0.3;
                    Assert.True(needed <= pitch, $"'{labels[i]}' and '{labels[i + step]}' overlap");
                }
            });

    [Fact]
    public void Fourteen_lines_of_labels_fit_beside_a_heat_map()
    {
        Assert.Equal(1, CategoryScale.StepBeside(14));
        Assert.Equal(2, CategoryScale.StepBeside(16));
        Assert.Equal(10, CategoryScale.StepBeside(100));
    }
}
