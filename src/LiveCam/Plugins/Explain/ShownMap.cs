using LiveCam.Engine.Explaining;
using LiveCam.Engine.Vision;

namespace LiveCam.Plugins.Explain;

/// <summary>An explanation as it is drawn: colors for the whole camera picture, and what to say of it.</summary>
/// <param name="Colors">Rgba8 in the camera picture's shape, transparent where nothing is to be seen; null where there are none to show.</param>
/// <param name="Text">Method, target, passes and cost; or why there are no colors.</param>
internal sealed record ShownMap(Picture? Colors, string Text);

/// <summary>One thing to explain.</summary>
/// <param name="Picture">Stays as it is until the map is done.</param>
/// <param name="Target">Null for the class of the highest score.</param>
internal sealed record ExplainJob(ExplainNetwork Network, ExplainMethod Method, ExplainTarget? Target, Picture Picture, MapView View);

/// <summary>How a map is drawn.</summary>
internal enum MapView
{
    /// <summary>Linear between the centers of the map's places.</summary>
    Blurred,
    /// <summary>Each place of the map one color.</summary>
    Raw,
    /// <summary>Lines around the highest half, quarter and tenth.</summary>
    Contours,
}
