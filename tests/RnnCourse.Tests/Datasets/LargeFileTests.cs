using RnnCourse.Datasets;

namespace RnnCourse.Tests.Datasets;

/// <summary>Tests that measure memory, with no other test beside them.</summary>
[CollectionDefinition(nameof(MeasuresMemory), DisableParallelization = true)]
public sealed class MeasuresMemory;

[Collection(nameof(MeasuresMemory))]
public sealed class LargeFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void A_file_of_many_blocks_is_read_without_holding_it()
    {
        const int Lines = 400_000;
        using (var writer = new StreamWriter(_path))
        {
            for (var k = 0; k < Lines; k++)
            {
                writer.Write($"line {k} é 😀\r\n");
            }
        }

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (count, most) = (0L, 0L);
        foreach (var line in TextFile.Lines(_path))
        {
            Assert.Equal(count, line.Number - 1);
            Assert.Equal($"line {count} é 😀", line.Text);
            if (count++ % 50_000 == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        Assert.Equal(Lines, count);
        Assert.True(
            most < new FileInfo(_path).Length / 4,
            $"{most} bytes are held of a file of {new FileInfo(_path).Length}."
        );
    }
}
