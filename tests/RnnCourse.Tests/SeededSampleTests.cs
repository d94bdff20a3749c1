using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using CsCheck;

namespace RnnCourse.Tests;

public sealed class SeededSampleTests
{
    [Fact]
    public void Each_run_draws_the_same_cases() => Assert.Equal(Drawn(1000), Drawn(1000));

    [Fact]
    public void A_longer_run_begins_with_the_cases_of_a_shorter_one() =>
        Assert.Equal(Drawn(10), Drawn(1000).Intersect(Drawn(10)).Order());

    [Fact]
    public void A_case_without_the_property_is_reported_with_its_seed()
    {
        var error = Assert.Throws<CsCheckException>(() => Gen.Int[0, 1_000_000].Sample(n => n < 1000));
        Assert.Contains("CsCheck_Seed=", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_case_that_fails_only_once_is_not_forgotten()
    {
        var calls = 0;
        var error = Assert.Throws<CsCheckException>(() => Gen.Int.Sample(_ => Interlocked.Increment(ref calls) > 1));
        Assert.Contains("failed once", error.Message, StringComparison.Ordinal);
    }

    // SeededSample calls one of CsCheck's methods; whoever draws by the clock calls another one.
    [Fact]
    public void All_tests_draw_by_a_seed()
    {
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var programs = Directory
            .GetDirectories(Repository.PathOf("artifacts/bin"), "*.Tests")
            .Select(folder => Path.Combine(folder, configuration, Path.GetFileName(folder) + ".dll"))
            .Where(File.Exists)
            .ToList();
        Assert.NotEmpty(programs);
        Assert.All(
            programs,
            program =>
                Assert.True(
                    SamplingMethodsOfCsCheck(program).Count() <= 1,
                    $"{Path.GetFileName(program)} draws cases by the clock: call a method of SeededSample, and add it "
                        + "there if it is missing."
                )
        );
    }

    private static List<int> Drawn(int count)
    {
        var cases = new List<int>();
        Gen.Int.Sample(cases.Add, iter: count, threads: 1);
        Assert.Equal(count, cases.Count);
        return [.. cases.Order()];
    }

    private static IEnumerable<string> SamplingMethodsOfCsCheck(string program)
    {
        using var file = new PEReader(File.OpenRead(program));
        var metadata = file.GetMetadataReader();
        string Text(StringHandle handle) => metadata.GetString(handle);
        return
        [
            .. metadata
                .MemberReferences.Select(metadata.GetMemberReference)
                .Where(member => member.Parent.Kind == HandleKind.TypeReference)
                .Where(member =>
                    Text(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Namespace) == "CsCheck"
                )
                .Select(member => Text(member.Name))
                .Where(name => name.StartsWith("Sample", StringComparison.Ordinal)),
        ];
    }
}
