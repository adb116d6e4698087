using LiveCam.Engine.Ops;

namespace LiveCam.Engine.Training;

/// <summary>How a weight follows its gradient. Decay acts on weights of matrices and kernels only, not on biases and scales.</summary>
/// <param name="Rate">The learning rate a <see cref="Schedule"/> multiplies.</param>
public abstract record Optimizer(float Rate)
{
    /// <summary>The operation that updates one parameter.</summary>
    internal abstract OptimizerStep Step(bool decays);
}

/// <summary>Stochastic gradient descent, with momentum and Nesterov's look ahead.</summary>
public sealed record Sgd(float Rate = 0.1f, float Momentum = 0.9f, bool Nesterov = false, float Decay = 0) : Optimizer(Rate)
{
    internal override OptimizerStep Step(bool decays) => new SgdStep(Momentum, Nesterov, decays ? Decay : 0);
}

/// <summary>Adam (Kingma and Ba 2015); decay is part of the gradient.</summary>
public sealed record Adam(float Rate = 1e-3f, float Beta1 = 0.9f, float Beta2 = 0.999f, float Epsilon = 1e-8f, float Decay = 0) : Optimizer(Rate)
{
    internal override OptimizerStep Step(bool decays) => new AdamStep(Beta1, Beta2, Epsilon, decays ? Decay : 0);
}

/// <summary>Adam with decoupled weight decay (Loshchilov and Hutter 2019).</summary>
public sealed record AdamW(float Rate = 1e-3f, float Beta1 = 0.9f, float Beta2 = 0.999f, float Epsilon = 1e-8f, float Decay = 0.01f) : Optimizer(Rate)
{
    internal override OptimizerStep Step(bool decays) => new AdamStep(Beta1, Beta2, Epsilon, decays ? Decay : 0, Decoupled: true);
}
