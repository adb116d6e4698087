System.Console.WriteLine("LiveCam");
