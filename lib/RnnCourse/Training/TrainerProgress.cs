namespace RnnCourse.Training;

/// <summary>Where a training is, apart from the model, the optimiser and the log.</summary>
internal sealed record TrainerProgress<T>(
    long StepCount,
    double LossSum,
    long LossSteps,
    double BestValidationLoss,
    int ValidationsWithoutImprovement,
    BatchPosition Position,
    IReadOnlyList<IReadOnlyList<T[]>> CarriedState
);
