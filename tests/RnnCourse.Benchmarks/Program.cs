using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using RnnCourse.Benchmarks.Interrupts;
using RnnCourse.Benchmarks.SideBySide;

var root = new RootCommand(
    "Measures how fast the library is. Numbers mean something only beside others from the same run."
)
{
    SideBySideCommand.Create(),
    InterruptsCommand.Create(),
};

var micro = new Command(
    "micro",
    "Run the BenchmarkDotNet benchmarks; whatever follows goes to BenchmarkDotNet, for example --filter *Product*."
)
{
    TreatUnmatchedTokensAsErrors = false,
};
var results = DefaultConfig.Instance.WithArtifactsPath(Path.Combine("artifacts", "benchmarks"));
micro.SetAction(result =>
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run([.. result.UnmatchedTokens], results);
});
root.Subcommands.Add(micro);
return root.Parse(args).Invoke();
