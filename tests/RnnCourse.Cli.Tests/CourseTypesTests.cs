using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Session.Display;
using RnnCourse.Plotting;

namespace RnnCourse.Cli.Tests;

/// <summary>The engine knows neither Math.NET nor the course's figures; here they meet.</summary>
public sealed class CourseTypesTests
{
    [Fact]
    public void A_matrix_is_an_aligned_table_with_its_shape()
    {
        var bundle = DisplayFormatter.Format(Matrix<double>.Build.Dense(2, 3, (i, j) => i - (j / 3.0)));
        Assert.Equal(["text/html", "text/plain"], bundle.MimeTypes);
        Assert.StartsWith("<table><caption>Matrix 2×3</caption>", bundle.Text("text/html"), StringComparison.Ordinal);
        Assert.Equal("Matrix 2×3\n0  -0.333333  -0.666667\n1   0.666667   0.333333", bundle.Text("text/plain"));
    }

    [Fact]
    public void A_vector_is_a_line_with_its_length()
    {
        Assert.Equal(
            "Vector 3: [ 0, 0.5, 1 ]",
            DisplayFormatter.Format(Vector<float>.Build.Dense(3, i => i / 2f)).Text("text/plain")
        );
        Assert.EndsWith(
            ", …, 0, 0 ] (100 numbers)",
            DisplayFormatter.Format(Vector<double>.Build.Dense(100)).Text("text/plain"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_figure_has_its_picture_its_data_and_its_text_in_one_bundle()
    {
        var figure = Figure.Lines("Loss", "step", "nats", new Series("train", [3.0, 2.0, 1.0]));
        var bundle = DisplayFormatter.Format(figure);
        Assert.Equal(["application/vnd.plotly.v1+json", "text/html", "text/plain"], bundle.MimeTypes);
        Assert.IsType<MimeJson>(bundle["application/vnd.plotly.v1+json"]);
        Assert.Contains("<img", bundle.Text("text/html"), StringComparison.Ordinal);
        Assert.Contains("Loss", bundle.Text("text/plain"), StringComparison.Ordinal);
    }
}
