namespace RnnCourse.Blas.Tests;

public sealed class SimdLinearAlgebraProviderTests
{
    /// <summary>The gate runs this suite with hardware switched off; if a later .NET renames a switch, this test
    /// fails.</summary>
    [Fact]
    public void Hardware_that_is_switched_off_is_not_used()
    {
        var bits = SimdLinearAlgebraProvider.RegisterBits;
        foreach (
            var (variable, most) in new[]
            {
                ("DOTNET_EnableAVX512", 256),
                ("DOTNET_EnableAVX2", 128),
                ("DOTNET_EnableHWIntrinsic", 0),
            }
        )
        {
            Assert.True(
                Environment.GetEnvironmentVariable(variable) != "0" || bits <= most,
                $"{variable}=0 left registers of {bits} bits"
            );
        }
    }

    [Fact]
    public void It_says_how_wide_its_registers_are()
    {
        var bits = SimdLinearAlgebraProvider.RegisterBits;
        Assert.True(bits is 0 or 128 or 256 or 512);
        Assert.Contains(
            bits == 0 ? "one number at a time" : $"{bits}-bit",
            new SimdLinearAlgebraProvider().ToString(),
            StringComparison.Ordinal
        );
    }
}
