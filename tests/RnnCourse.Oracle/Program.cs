using RnnCourse.Oracle;

if (args is not [var folder])
{
    Console.Error.WriteLine("Usage: dotnet run -c Release --project tests/RnnCourse.Oracle -- tests/RnnCourse.Tests/Oracle");
    return 2;
}

Directory.CreateDirectory(folder);
TorchSharp.torch.set_num_threads(1);    // one order of summation, so the same digits at every run
Write("VanillaRnn", 1000, RecurrentOracle.Run,
[
    new("no step", 3, 4, 3, 0),
    new("one step", 3, 4, 3, 1),
    new("two steps", 3, 4, 3, 2),
    new("seven steps", 3, 5, 4, 7),
    new("seven steps, some outputs unread", 2, 4, 3, 7, Unread: 0.5),
    new("seven steps, no output read", 2, 3, 2, 7, Unread: 1),
    new("twenty-five steps", 2, 4, 3, 25),
    new("twenty-five steps, few outputs read", 3, 3, 3, 25, Unread: 0.8),
    new("a hundred steps", 1, 2, 2, 100, Unread: 0.3),
    new("one input, one unit, two classes", 1, 1, 2, 25),
    new("one class", 2, 3, 1, 2),
    new("more units than steps", 2, 9, 2, 2),
    new("large weights, saturated states", 3, 4, 3, 7, Scale: 3),
]);
Write("SharedNetwork", 2000, SharedOracle.Run,
[
    new("no step", 3, 4, 3, 0),
    new("one step", 3, 4, 3, 1),
    new("two steps", 3, 4, 3, 2),
    new("seven steps", 3, 5, 4, 7),
    new("seven steps, some outputs unread", 2, 4, 3, 7, Unread: 0.5),
    new("twenty-five steps", 2, 4, 3, 25),
    new("one input, one unit, two classes", 1, 1, 2, 7),
    new("large weights, saturated states", 3, 4, 3, 7, Scale: 3),
]);
Write("FunctionPerStep", 3000, FunctionPerStepOracle.Run,
[
    new("no step of two", 2, 3, 2, 0, ExtraFunctions: 2),
    new("one step", 3, 4, 3, 1),
    new("two steps", 3, 4, 3, 2),
    new("two steps of four", 2, 3, 3, 2, ExtraFunctions: 2),
    new("seven steps", 2, 3, 3, 7),
    new("seven steps, some outputs unread", 2, 2, 3, 7, Unread: 0.5),
    new("twenty-five steps", 1, 2, 2, 25),
    new("large weights, saturated states", 2, 3, 3, 3, Scale: 3),
]);
return 0;

void Write(string network, long seed, Func<Shape, long, OracleCase> run, IReadOnlyList<Shape> shapes)
{
    var path = Path.Combine(folder, network + ".json");
    OracleFile.Write(path, network, seed, [.. shapes.Select((shape, index) => run(shape, seed + index + 1))]);
    Console.WriteLine($"{path}: {shapes.Count} cases, {new FileInfo(path).Length / 1024} KB");
}
