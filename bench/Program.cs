using System.CommandLine;
using System.Globalization;

namespace LiveCam.Bench;

/// <summary>The verbs of the bench program; the scripts beside it call them.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var root = new RootCommand("Measures LiveCam's engine beside others") { Peers(), Write(), Measure(), Steps(), Layers(), Forms(), Gradients(), TrainingSteps(), GlCost(), GlRuns(), Ticks(), Gate() };
        return root.Parse(args).Invoke();
    }

    private static Command Peers()
    {
        var folder = new Argument<string>("FOLDER") { Description = "Where networks are written and results are kept" };
        var networks = new Argument<string[]>("NETWORK") { Arity = ArgumentArity.ZeroOrMore, Description = $"Any classifier that `livecam models` lists; {string.Join(", ", ZooFiles.Usual)} when left out" };
        networks.AcceptOnlyFromAmong([.. ZooFiles.All]);
        var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 3, Description = "How often the engines take turns on each network" };
        Option<double> seconds = Seconds();
        var threads = new Option<int[]>("--threads") { DefaultValueFactory = _ => [1, 2], AllowMultipleArgumentsPerToken = true, Description = "Numbers of threads, each pinned to as many cores" };
        var command = new Command("peers", "LiveCam, ONNX Runtime and OpenCV, process by process") { folder, networks, rounds, seconds, threads };
        command.SetAction(parse =>
        {
            string[] chosen = parse.GetValue(networks) is { Length: > 0 } given ? given : [.. ZooFiles.Usual];
            new PeerTable(parse.GetValue(folder)!, parse.GetValue(seconds)).Run(chosen, parse.GetValue(threads)!, parse.GetValue(rounds));
        });
        return command;
    }

    private static Command Write()
    {
        var folder = new Argument<string>("FOLDER");
        var networks = new Argument<string[]>("NETWORK") { Arity = ArgumentArity.OneOrMore };
        networks.AcceptOnlyFromAmong([.. ZooFiles.All]);
        var command = new Command("networks", "Writes networks with random weights as ONNX files") { folder, networks };
        command.SetAction(parse =>
        {
            foreach (string network in parse.GetValue(networks)!) ZooFiles.Write(parse.GetValue(folder)!, network);
        });
        return command;
    }

    private static Command Measure()
    {
        var engine = new Argument<string>("ENGINE");
        engine.AcceptOnlyFromAmong(Engines.LiveCam, Engines.OnnxRuntime);
        var model = new Argument<string>("MODEL") { Description = "A file that `peers` wrote" };
        var threads = new Option<int>("--threads") { DefaultValueFactory = _ => 1 };
        Option<double> seconds = Seconds();
        var exact = new Option<bool>("--exact") { Description = "LiveCam without fast algorithms" };
        var command = new Command("measure", "One engine on one network: a line of engine, network, threads, runs, min, median, 90th percentile (ms), top class, checksum") { engine, model, threads, seconds, exact };
        command.SetAction(parse => Console.WriteLine(Engines.Measure(parse.GetValue(engine)!, parse.GetValue(model)!, parse.GetValue(threads), parse.GetValue(seconds), parse.GetValue(exact))));
        return command;
    }

    private static Command Gate()
    {
        var samples = new Option<int>("--samples") { DefaultValueFactory = _ => 50_000, Description = "Samples that the class has" };
        var command = new Command("gate", "What judging a picture for teaching takes") { samples };
        command.SetAction(parse => GateTime.Run(parse.GetValue(samples)));
        return command;
    }

    private static Command Steps()
    {
        var command = new Command("steps", "What a plan of the CPU device costs for each of its steps, on a network with next to no arithmetic");
        command.SetAction(_ => StepCost.Run(Console.Out));
        return command;
    }

    private static Command Layers()
    {
        var model = new Argument<string>("MODEL") { Description = "A file that `peers` wrote" };
        var threads = new Option<int>("--threads") { DefaultValueFactory = _ => 2 };
        var runs = new Option<int>("--runs") { DefaultValueFactory = _ => 400 };
        var command = new Command("layers", "The least time of every step on one thread and on several") { model, threads, runs };
        command.SetAction(parse => LayerScaling.Run(parse.GetValue(model)!, parse.GetValue(threads), parse.GetValue(runs), Console.Out));
        return command;
    }

    private static Command Forms()
    {
        var sizes = new Argument<int[]>("SIZE") { Arity = ArgumentArity.ZeroOrMore, Description = "Only maps of these sizes" };
        var command = new Command("forms", "3x3 convolutions as defined and by Winograd's algorithm, on one thread") { sizes };
        command.SetAction(parse => ConvolutionForms.Run(parse.GetValue(sizes)!, Console.Out));
        return command;
    }

    private static Command Gradients()
    {
        var threads = new Option<int>("--threads") { DefaultValueFactory = _ => 1 };
        var command = new Command("gradients", "Forward and backward convolutions of LeNet-5 and ResNet-18, layer by layer") { threads };
        command.SetAction(parse => GradientRates.Run(parse.GetValue(threads), Console.Out));
        return command;
    }

    private static Command TrainingSteps()
    {
        var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 3, Description = "How often the networks and numbers of threads take turns" };
        Option<double> seconds = Seconds();
        var command = new Command("training-steps", "Whole training steps of LeNet-5 and ResNet-18 on the CPU: forward, backward and the rest, on one thread and on two") { rounds, seconds };
        command.SetAction(parse => Bench.TrainingSteps.Run(parse.GetValue(rounds), parse.GetValue(seconds), Console.Out));
        return command;
    }

    private static Command GlCost()
    {
        var command = new Command("gl-cost", "What dispatches and barriers cost on this machine's OpenGL");
        command.SetAction(_ => Bench.GlCost.Run(Console.Out));
        return command;
    }

    private static Command GlRuns()
    {
        var folder = new Argument<string>("FOLDER") { Description = "Where networks are, or are written" };
        var networks = new Argument<string[]>("NETWORK") { Arity = ArgumentArity.OneOrMore };
        networks.AcceptOnlyFromAmong([.. ZooFiles.All]);
        var runs = new Option<int>("--runs") { DefaultValueFactory = _ => 500 };
        var command = new Command("gl-runs", "Networks on the GL device at batch 1") { folder, networks, runs };
        command.SetAction(parse => GlNetworks.Run(parse.GetValue(folder)!, parse.GetValue(networks)!, parse.GetValue(runs), Console.Out));
        return command;
    }

    private static Command Ticks()
    {
        var folder = new Argument<string>("FOLDER") { Description = "Where the network is written" };
        var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 5 };
        var seconds = new Option<double>("--seconds") { DefaultValueFactory = _ => 5, Description = "Of each measurement; three make a round" };
        var width = new Option<int>("--width") { DefaultValueFactory = _ => 1280 };
        var height = new Option<int>("--height") { DefaultValueFactory = _ => 720 };
        var command = new Command("ticks", "What a tick of the program takes beside a network of 300 ms on the CPU, against none; exit code 1 above the targets") { folder, rounds, seconds, width, height };
        command.SetAction(parse => new TickTime(parse.GetValue(folder)!, parse.GetValue(rounds), parse.GetValue(seconds), parse.GetValue(width), parse.GetValue(height), Console.Out).Run() ? 0 : 1);
        return command;
    }

    private static Option<double> Seconds() => new("--seconds") { DefaultValueFactory = _ => 2, Description = "How long each measurement takes, at least" };
}
