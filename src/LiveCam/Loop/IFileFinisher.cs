namespace LiveCam.Loop;

/// <summary>A plugin whose <see cref="Plugin.Unload"/> only finishes files: where the loop's own thread never comes back, another may call it.</summary>
internal interface IFileFinisher;
