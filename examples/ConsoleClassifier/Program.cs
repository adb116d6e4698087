using LiveCam.Engine;
using LiveCam.Engine.Vision;
using OpenCvSharp;

using var net = ImageClassifier.Load(args[0]);
foreach (string file in args[1..])
{
    using Mat picture = Cv2.ImRead(file);
    PictureAnswer top = net.Classify(picture.AsSpan<byte>(), picture.Width, picture.Height, PixelFormat.Bgr8, stride: (int)picture.Step());
    Console.WriteLine($"{file}: {(top.IsUnknown ? "unknown" : $"{top[0].Label} {top[0].Probability:P0}")}");
}
