[assembly: TestFramework("LiveCam.Engine.Tests.SkippingFramework", "LiveCam.Tests")]
