using RnnCourse.Oracle;

if (args is ["lesson", var lesson])
{
    TorchSharp.torch.set_num_threads(1);
    LessonOracle.Complete(lesson);
    Console.WriteLine($"{lesson}: loss and gradients are libtorch's");
    return 0;
}

if (args is not [var folder])
{
    Console.Error.WriteLine(
        "Usage: dotnet run -c Release --project tests/RnnCourse.Oracle -- tests/RnnCourse.Tests/Oracle"
    );
    Console.Error.WriteLine(
        "   or: dotnet run -c Release --project tests/RnnCourse.Oracle -- lesson datasets/gradients/the-still-fish.json"
    );
    return 2;
}

Directory.CreateDirectory(folder);
TorchSharp.torch.set_num_threads(1); // one order of summation, so the same digits at every run
Write(
    "VanillaRnn",
    1000,
    RecurrentOracle.Run,
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
    ]
);
Write(
    "SharedNetwork",
    2000,
    SharedOracle.Run,
    [
        new("no step", 3, 4, 3, 0),
        new("one step", 3, 4, 3, 1),
        new("two steps", 3, 4, 3, 2),
        new("seven steps", 3, 5, 4, 7),
        new("seven steps, some outputs unread", 2, 4, 3, 7, Unread: 0.5),
        new("twenty-five steps", 2, 4, 3, 25),
        new("one input, one unit, two classes", 1, 1, 2, 7),
        new("large weights, saturated states", 3, 4, 3, 7, Scale: 3),
    ]
);
Write(
    "FunctionPerStep",
    3000,
    FunctionPerStepOracle.Run,
    [
        new("no step of two", 2, 3, 2, 0, ExtraFunctions: 2),
        new("one step", 3, 4, 3, 1),
        new("two steps", 3, 4, 3, 2),
        new("two steps of four", 2, 3, 3, 2, ExtraFunctions: 2),
        new("seven steps", 2, 3, 3, 7),
        new("seven steps, some outputs unread", 2, 2, 3, 7, Unread: 0.5),
        new("twenty-five steps", 1, 2, 2, 25),
        new("large weights, saturated states", 2, 3, 3, 3, Scale: 3),
    ]
);
LayersShape[] layers =
[
    new("one step", 3, 4, 3, 1, 2),
    new("one sequence", 3, 5, 4, 7, 1),
    new("a batch", 3, 5, 4, 6, 5),
    new("a batch, some outputs unread", 2, 4, 3, 6, 3, Unread: 0.4),
    new("a start", 3, 4, 3, 5, 3, Start: true),
    new("one-hot inputs", 6, 5, 6, 6, 4, OneHot: true, Start: true),
    new("two layers", 3, 4, 3, 5, 3, Layers: 2, Start: true),
    new("three layers", 2, 3, 2, 4, 2, Layers: 3),
    new("both directions", 3, 4, 3, 5, 3, Bidirectional: true, Start: true),
    new("two layers, both directions, one-hot", 5, 3, 4, 5, 3, Layers: 2, Bidirectional: true, OneHot: true),
    new("different lengths", 3, 4, 3, 6, 5, Lengths: [4, 6, 1, 3, 6]),
    new(
        "different lengths, two layers, both directions, a start",
        3,
        4,
        3,
        6,
        4,
        Layers: 2,
        Bidirectional: true,
        Start: true,
        Lengths: [2, 6, 5, 1]
    ),
    new("different lengths, one-hot, some unread", 4, 5, 4, 7, 4, OneHot: true, Lengths: [7, 2, 5, 4], Unread: 0.3),
    new("more units than a vector holds", 5, 19, 6, 4, 9),
    new("a hundred steps", 1, 3, 2, 100, 1, Start: true),
    new("single precision", 4, 9, 5, 12, 6, Single: true, Start: true),
    new(
        "single precision, two layers, both directions, different lengths",
        3,
        5,
        4,
        6,
        4,
        Layers: 2,
        Bidirectional: true,
        Single: true,
        Lengths: [3, 6, 2, 5]
    ),
    new("single precision, one-hot, more units than a vector holds", 7, 21, 5, 4, 9, Single: true, OneHot: true),
];
WriteLayers("RNN", 4000);
WriteLayers("GRU", 5000);
WriteLayers("LSTM", 6000);
WriteOptimisers(7000);
return 0;

void WriteLayers(string cell, long seed)
{
    var path = Path.Combine(folder, $"Layers{cell}.json");
    OracleFile.Write(
        path,
        "Layers" + cell,
        seed,
        [.. layers.Select((shape, index) => LayersOracle.Run(cell, shape, seed + index + 1))]
    );
    Console.WriteLine($"{path}: {layers.Length} cases, {new FileInfo(path).Length / 1024} KB");
}

void WriteOptimisers(long seed)
{
    var path = Path.Combine(folder, "Optimisers.json");
    OracleFile.Write(
        path,
        seed,
        [.. OptimisersOracle.Shapes.Select((shape, index) => OptimisersOracle.Run(shape, seed + index + 1))]
    );
    Console.WriteLine($"{path}: {OptimisersOracle.Shapes.Count} cases, {new FileInfo(path).Length / 1024} KB");
}

void Write(string network, long seed, Func<Shape, long, OracleCase> run, IReadOnlyList<Shape> shapes)
{
    var path = Path.Combine(folder, network + ".json");
    OracleFile.Write(path, network, seed, [.. shapes.Select((shape, index) => run(shape, seed + index + 1))]);
    Console.WriteLine($"{path}: {shapes.Count} cases, {new FileInfo(path).Length / 1024} KB");
}
