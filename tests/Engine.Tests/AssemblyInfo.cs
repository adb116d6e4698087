[assembly: TestFramework("LiveCam.Engine.Tests.SkippingFramework", "LiveCam.Engine.Tests")]
