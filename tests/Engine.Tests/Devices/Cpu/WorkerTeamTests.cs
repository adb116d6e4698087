using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Tests.Devices.Cpu;

public sealed class WorkerTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Every_row_runs_exactly_once(int threads)
    {
        using var team = new WorkerTeam(threads);
        for (int round = 0; round < 400; round++)
            foreach (int rows in new[] { 0, 1, 2, 3, 5, 8, 31, 100 })
            {
                int first = round % 5;
                var times = new int[first + rows];
                team.Run(CpuStep.Of(first + rows, (begin, end, _) =>
                {
                    for (int row = begin; row < end; row++) Interlocked.Increment(ref times[row]);
                }), first, first + rows);
                Assert.All(times[..first], x => Assert.Equal(0, x));
                Assert.All(times[first..], x => Assert.Equal(1, x));
            }
    }

    [Fact]
    public void A_worker_that_is_held_up_leaves_its_rows_to_the_others()
    {
        using var team = new WorkerTeam(2);
        using var held = new ManualResetEventSlim();
        var times = new int[64];
        int done = 0;
        team.Run(CpuStep.Of(times.Length, (begin, end, worker) =>
        {
            for (int row = begin; row < end; row++)
            {
                times[row]++;
                // The other thread sits in its first rows until all but these are done.
                if (worker.Index == 1) held.Wait();
                else if (++done >= times.Length / 2 + 1) held.Set();
            }
            if (worker.Index == 0 && done == times.Length) held.Set();
        }), 0, times.Length);
        Assert.All(times, x => Assert.Equal(1, x));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_step_that_fails_throws_to_the_caller_and_the_team_goes_on(int threads)
    {
        using var team = new WorkerTeam(threads);
        for (int bad = 0; bad < 40; bad++)
        {
            CpuStep failing = CpuStep.Of(40, (begin, end, _) =>
            {
                if (begin <= bad && bad < end) throw new InvalidOperationException("planted");
            });
            Assert.Throws<InvalidOperationException>(() => team.Run(failing, 0, 40));
            int sum = 0;
            team.Run(CpuStep.Of(40, (begin, end, _) => Interlocked.Add(ref sum, end - begin)), 0, 40);
            Assert.Equal(40, sum);
        }
    }
}
