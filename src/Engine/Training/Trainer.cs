using LiveCam.Engine.Graphs;
using LiveCam.Engine.Passes;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Training;

/// <summary>
/// Trains a network on a device, batch by batch. The network's parameters change in place: plans of the network made elsewhere see
/// each step as a whole from their next run on. One thread at a time.
/// </summary>
/// <remarks>
/// A step whose loss or gradient is not finite changes nothing. It, and a loss far above the usual, counts as divergence: the rate is
/// halved and, unless it was the first such batch, everything goes back to the last good copy.
/// </remarks>
public sealed class Trainer : IDisposable
{
    /// <summary>Steps are counted in a float32 that random numbers are made from.</summary>
    private const long MostSteps = 1 << 24;

    private readonly TrainingGraph training;
    private readonly TrainingOptions options;
    private readonly Graph model, inference;
    private readonly Device device;
    private readonly Dictionary<Shape, Plan> plans = [];
    private readonly Dictionary<Shape, Plan> predictions = [];
    private readonly Divergence divergence;
    private Plan? current;

    /// <param name="model">The network in its inference form, its first input the pictures. Its batch extent may be anything.</param>
    /// <param name="device">Stays the caller's.</param>
    /// <exception cref="LiveCamException">An operator on the way has no gradient, or there is nothing to train.</exception>
    public Trainer(Graph model, Device device, TrainingOptions? options = null)
    {
        (this.model, this.device, this.options) = (model, device, options ?? new());
        training = new TrainingGraph(model, this.options);
        inference = TrainingForm.Open(model, TrainingGraph.OutputOf(model, this.options), TrainingGraph.Prediction);
        divergence = new Divergence(training.State, this.options.SafeEvery);
    }

    /// <summary>Steps taken so far.</summary>
    public long Steps { get; private set; }

    /// <summary>What training changes: weights, biases, scales and shifts, without what is frozen.</summary>
    public IReadOnlyList<Parameter> Trained => training.Trained;

    /// <summary>The last step.</summary>
    public StepResult? Last { get; private set; }

    /// <summary>Whether a step begun with <see cref="Begin"/> is not finished yet.</summary>
    public bool IsUnderWay { get; private set; }

    /// <summary>One step on a batch.</summary>
    /// <param name="input">N pictures as the network takes them.</param>
    /// <param name="target">What the output should be, N rows; the last batch of an epoch may be filled up with rows of zeros.</param>
    /// <exception cref="LiveCamException">The batch does not fit the network, or training goes on diverging however small its steps.</exception>
    public StepResult Step(Tensor input, Tensor target)
    {
        Begin(input, target);
        current!.Run();
        return Finish();
    }

    /// <summary>Hands in a batch for a step that <see cref="RunFor"/> takes in slices.</summary>
    public void Begin(Tensor input, Tensor target)
    {
        if (IsUnderWay)
            throw new InvalidOperationException("A step is under way: finish it with RunFor before the next batch.");
        if (Steps >= MostSteps)
            throw new LiveCamException($"Training has taken {Steps} steps, which is as far as they are counted. Save it and start anew from its weights.");
        current = PlanFor(input.Shape);
        current.Write(model.Inputs[0].Name, input);
        current.Write(TrainingGraph.Target, target);
        current.Write(TrainingGraph.Rate, Tensor.Scalar((float)Rate));
        current.Write(TrainingGraph.Step, Tensor.Scalar((float)Steps));
        // While there are few steps to average over, the average is of those: the weights it began with are soon forgotten.
        if (options.Average > 0)
            current.Write(TrainingGraph.Share, Tensor.Scalar((float)(1 - Math.Min(options.Average, (Steps + 1.0) / (Steps + 10.0)))));
        IsUnderWay = true;
    }

    /// <summary>Goes on with a step for a while.</summary>
    /// <returns>Whether the step is finished; <see cref="Last"/> then tells what it did.</returns>
    public bool RunFor(TimeSpan budget)
    {
        if (!IsUnderWay || !current!.RunFor(budget))
            return false;
        Finish();
        return true;
    }

    /// <summary>The learning rate of the next step.</summary>
    public double Rate => options.Optimizer.Rate * options.Schedule.Factor(Steps) * divergence.RateFactor;

    /// <summary>The norm of each parameter's gradient in the last step.</summary>
    public IReadOnlyList<(Parameter Parameter, double Norm)> GradientNorms() => current is null || IsUnderWay ? []
        : [.. Trained.Select(parameter => (parameter, Math.Sqrt(Number(TrainingGraph.NormOf(parameter)))))];

    /// <summary>Steps of the last plan that had to run on the host although its device is another (0 is what it should be).</summary>
    public int HostSteps => current?.HostOps ?? 0;

    /// <summary>The network's output at inference with the weights as they are now.</summary>
    public Tensor Predict(Tensor input)
    {
        if (!predictions.TryGetValue(input.Shape, out Plan? plan))
            predictions[input.Shape] = plan = Compiler.Compile(inference, device, new() { InputShapes = new Dictionary<string, Shape> { [model.Inputs[0].Name] = input.Shape } });
        plan.Write(model.Inputs[0].Name, input);
        plan.Run();
        return plan.Read(TrainingGraph.Prediction);
    }

    /// <summary>
    /// Exchanges the weights and what normalizations have seen with their moving averages (<see cref="TrainingOptions.Average"/>): to evaluate or save those, and again
    /// before training goes on. Nothing happens where no average is kept.
    /// </summary>
    public void SwapAverages()
    {
        (Parameter Parameter, Parameter Average, Tensor Weights, Tensor Means)[] pairs =
            [.. training.Averages.Select(pair => (pair.Key, pair.Value, pair.Key.Value, pair.Value.Value))];
        ParameterUpdates.Together(() =>
        {
            foreach ((Parameter parameter, Parameter average, Tensor weights, Tensor means) in pairs)
            {
                parameter.Assign(means);
                average.Assign(weights);
            }
        });
    }

    /// <summary>Writes everything training needs to go on as if it had not stopped, under a temporary name first.</summary>
    /// <param name="note">A text of the caller's that comes back from <see cref="Load"/>: where the data was, say.</param>
    public void Save(string path, string note = "") => Checkpoint.Write(path, new(Steps, divergence.RateFactor, divergence.Usual, note), training.State);

    /// <summary>Goes on from a checkpoint of the same network and the same options.</summary>
    /// <returns>The note it was saved with.</returns>
    /// <exception cref="LiveCamException">The file is no checkpoint, is damaged, or belongs to another network or optimizer.</exception>
    public string Load(string path)
    {
        if (IsUnderWay)
            throw new InvalidOperationException("A step is under way: finish it before loading a checkpoint.");
        Checkpoint.Header header = Checkpoint.Read(path, training.State);
        Steps = header.Step;
        divergence.Resume(header.RateFactor, header.Usual);
        return header.Note;
    }

    /// <summary>The note a checkpoint was saved with, before there is a trainer for it.</summary>
    /// <exception cref="LiveCamException">The file is no checkpoint.</exception>
    public static string NoteOf(string path) => Checkpoint.ReadHeader(path).Note;

    /// <summary>The steps behind a checkpoint; null where the file is none.</summary>
    public static long? StepsOf(string path)
    {
        try
        {
            return Checkpoint.ReadHeader(path).Step;
        }
        catch (LiveCamException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        foreach (Plan plan in plans.Values.Concat(predictions.Values))
            plan.Dispose();
        plans.Clear();
        predictions.Clear();
    }

    private StepResult Finish()
    {
        IsUnderWay = false;
        double rate = Rate, norm = Math.Sqrt(Number(TrainingGraph.Norm));
        float loss = (float)Number(TrainingGraph.Loss);
        Steps++;
        string? trouble = divergence.After(Steps, loss, norm, current!.HasAssigned);
        return Last = new(Steps, loss, norm, rate, trouble);
    }

    private double Number(string name) => current!.Read(name).Span<float>()[0];

    private Plan PlanFor(Shape input)
    {
        if (!plans.TryGetValue(input, out Plan? plan))
            plans[input] = plan = Compiler.Compile(training.Graph, device, Shapes(input));
        return plan;
    }

    private CompileOptions Shapes(Shape input)
    {
        int batch = input.Rank > 0 ? input[0] : 1;
        var shapes = new Dictionary<string, Shape> { [model.Inputs[0].Name] = input };
        GraphInput target = training.Graph.Inputs.First(one => one.Name == TrainingGraph.Target);
        shapes[TrainingGraph.Target] = Shape.Create([.. target.Extents.Select(extent => extent < 0 ? batch : extent)]);
        return new() { InputShapes = shapes };
    }
}
