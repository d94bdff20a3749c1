using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Notebooks.Session.Display;

// Types of the names and members that the engine knows of Math.NET, which it does not reference.
#pragma warning disable IDE0130
namespace MathNet.Numerics.LinearAlgebra
{
    public abstract class Matrix<T>(int rows, int columns, Func<int, int, T> at)
    {
        public int RowCount { get; } = rows;

        public int ColumnCount { get; } = columns;

        public T At(int row, int column) => at(row, column);
    }

    public abstract class Vector<T>(int count, Func<int, T> at)
    {
        public int Count { get; } = count;

        public T At(int index) => at(index);
    }
}

namespace RnnCourse.Notebooks.Tests.Session.Display
{
    public sealed class MathNetTests
    {
        [Fact]
        public void A_matrix_is_a_table_with_its_shape()
        {
            var shown = DisplayFormatter.Format(new Dense(2, 2, (i, j) => (10 * i) + (j / 3.0)));
            Assert.Equal("Matrix 2×2\n 0  0.333333\n10   10.3333", shown.Text("text/plain"));
            Assert.Equal(
                "<table><caption>Matrix 2×2</caption><thead><tr><th></th><th scope=\"col\" style=\"text-align: "
                    + "right\">0</th><th scope=\"col\" style=\"text-align: right\">1</th></tr></thead><tbody><tr><th "
                    + "scope=\"row\" style=\"text-align: right\">0</th><td style=\"text-align: right\">0</td><td "
                    + "style=\"text-align: right\">0.333333</td></tr><tr><th scope=\"row\" style=\"text-align: "
                    + "right\">1</th><td style=\"text-align: right\">10</td><td style=\"text-align: "
                    + "right\">10.3333</td></tr></tbody></table>",
                shown.Text("text/html")
            );
        }

        [Fact]
        public void A_huge_matrix_shows_its_beginning_and_end_and_is_not_copied()
        {
            var read = 0;
            var shown = DisplayFormatter.Format(
                new Dense(
                    1_000_000,
                    1_000_000,
                    (i, j) =>
                    {
                        read++;
                        return i + j;
                    }
                )
            );
            var lines = shown.Text("text/plain")!.Split('\n');
            Assert.Equal(("Matrix 1000000×1000000", 21), (lines[0], lines.Length));
            Assert.EndsWith("…        2E+06        2E+06", lines[^1], StringComparison.Ordinal);
            Assert.True(read <= 20 * 12);
        }

        [Fact]
        public void A_vector_is_one_line()
        {
            var shown = DisplayFormatter.Format(new DenseVector(3, i => i / 2f));
            Assert.Equal("Vector 3: [ 0, 0.5, 1 ]", shown.Text("text/plain"));
            Assert.StartsWith("<table><caption>Vector 3</caption>", shown.Text("text/html"), StringComparison.Ordinal);
            Assert.Equal(
                "Vector 30: [ 0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 5.5, 6, 6.5, 7, 7.5, 8, …, 14, "
                    + "14.5 ] (30 numbers)",
                DisplayFormatter.Format(new DenseVector(30, i => i / 2f)).Text("text/plain")
            );
        }

        private sealed class Dense(int rows, int columns, Func<int, int, double> at)
            : Matrix<double>(rows, columns, at);

        private sealed class DenseVector(int count, Func<int, float> at) : Vector<float>(count, at);
    }
}
