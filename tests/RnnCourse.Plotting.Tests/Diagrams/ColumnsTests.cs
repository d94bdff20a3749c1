using RnnCourse.Plotting.Diagrams;

namespace RnnCourse.Plotting.Tests.Diagrams;

public sealed class ColumnsTests
{
    // A column without words is at least this wide.
    private const double Least = 68;

    private const int MostSteps = (int)((DiagramStyle.Width - (2 * DiagramStyle.Margin)) / Least);

    [Fact]
    public void As_many_steps_are_drawn_as_there_is_room_for()
    {
        var columns = Columns.Fit(1, MostSteps);
        Assert.Equal(Enumerable.Range(1, MostSteps), columns.Select(column => column.Step));
    }

    [Fact]
    public void Dots_stand_for_the_steps_before_the_last_that_do_not_fit()
    {
        var columns = Columns.Fit(1, MostSteps + 1);
        Assert.Equal(Enumerable.Range(1, MostSteps - 2), columns[..^2].Select(column => column.Step));
        Assert.True(columns[^2].IsDots);
        Assert.Equal(MostSteps + 1, columns[^1].Step);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(1, 8)]
    [InlineData(0, 40)]
    public void Columns_stand_side_by_side_within_the_picture(int first, int last)
    {
        var columns = Columns.Fit(first, last);
        Assert.All(
            columns.Zip(columns.Skip(1)),
            pair => Assert.Equal(pair.First.Right, pair.Second.Left, tolerance: 1e-9)
        );
        Assert.True(columns[0].Left >= DiagramStyle.Margin - 1e-9);
        Assert.True(columns[^1].Right <= DiagramStyle.Width - DiagramStyle.Margin + 1e-9);
    }
}
