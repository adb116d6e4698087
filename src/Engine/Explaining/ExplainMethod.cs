using LiveCam.Engine.Planning;

namespace LiveCam.Engine.Explaining;

/// <summary>
/// A way to ask what an answer stands on. The common face of all of them: a command, a plugin or a program of somebody else takes one by name from
/// <see cref="ExplainMethods"/>, prepares it for a network and a device, and runs it on pictures.
/// </summary>
/// <example><code>
/// var network = new ExplainNetwork(model);
/// using Explainer explainer = ExplainMethods.Find("grad-cam").Prepare(network, device, ExplainTarget.Class(281));
/// explainer.Begin(input, ExplainTarget.Class(281));
/// explainer.Run();
/// float[] onPicture = explainer.Map().OnPicture(model.Contract, picture.Width, picture.Height);
/// </code></example>
internal abstract class ExplainMethod
{
    /// <summary>Lower case with hyphens: <c>grad-cam</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What the map shows, in a few words.</summary>
    public abstract string Shows { get; }

    /// <summary>Whether its maps have values below zero, which speak against the target.</summary>
    public virtual bool IsSigned => false;

    /// <summary>Plans the method for one network, one device and targets of one layer (or the classes).</summary>
    /// <exception cref="LiveCamException">The network has not what the method needs, or cannot be planned.</exception>
    public abstract Explainer Prepare(ExplainNetwork network, Device device, ExplainTarget target);
}
