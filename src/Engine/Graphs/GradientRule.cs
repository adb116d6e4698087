namespace LiveCam.Engine.Graphs;

/// <summary>
/// What a rectifier passes back during the reverse walk (<see cref="GradientCall.Rule"/>). A max pooling passes back to the places its maxima came from, by every
/// rule: that is both its gradient and the unpooling by switches of the deconvnet. Where windows overlap, contributions add.
/// </summary>
public enum GradientRule
{
    /// <summary>The gradient.</summary>
    Plain,
    /// <summary>What is positive of the gradient, where the forward value was positive (Springenberg et al., "Striving for simplicity: the all convolutional net", 2015).</summary>
    Guided,
    /// <summary>What is positive of the gradient, whatever the forward value was (Zeiler and Fergus, "Visualizing and understanding convolutional networks", 2014).</summary>
    Deconvnet,
}
