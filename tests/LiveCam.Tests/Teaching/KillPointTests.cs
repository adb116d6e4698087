using LiveCam.Teaching;

namespace LiveCam.Tests.Teaching;

/// <summary>The program ends at any of the changes it makes to the disk, with half of that change done; and the disk fills up at any of them.</summary>
public sealed class KillPointTests
{
    private static readonly Action<SampleStore>[] Steps =
    [
        store => store.AddClass("cup"),
        store => TestProject.Keep(store, 1, 1, 1),
        store => TestProject.Keep(store, 1, 1, 2),
        store => TestProject.Keep(store, 0, 2, 3),
        store => store.Delete(1),
        store => store.RenameClass(1, "mug"),
        store => store.Clear(1),
        store => store.Undo(),
        store => store.Undo(),
        store => store.Redo(),
        store => TestProject.Keep(store, 1, 3, 4),
        store => store.RecolorClass(1, 0x010203),
        store => store.Undo(),
        store => store.Save(new ProjectSettings("a", "b", "c")),
    ];

    /// <summary>What the classes hold after each step when all goes well, and after how many changes.</summary>
    private static List<(string Contents, int Changes)> Reference()
    {
        using var project = new TestProject();
        var files = new FailingFiles(int.MaxValue, null);
        List<(string, int)> after = [];
        using (SampleStore store = project.Open(files))
        {
            after.Add((TestProject.Contents(store), files.Changes));
            foreach (Action<SampleStore> step in Steps)
            {
                step(store);
                store.Settle();
                Assert.Null(store.State.Trouble);
                after.Add((TestProject.Contents(store), files.Changes));
            }
        }
        project.AssertConsistent();
        return after;
    }

    [Fact]
    public void After_a_kill_at_any_change_the_project_is_as_before_or_after_the_step_in_flight()
    {
        List<(string Contents, int Changes)> after = Reference();
        Assert.InRange(after[^1].Changes, 30, 200);
        for (int change = after[0].Changes; change < after[^1].Changes; change++)
        {
            using var project = new TestProject();
            using (SampleStore store = project.Open(new FailingFiles(change, null)))
                foreach (Action<SampleStore> step in Steps)
                {
                    step(store);
                    store.Settle();
                }
            int during = after.FindIndex(one => one.Changes > change);
            using (SampleStore store = project.Open())
                Assert.True(TestProject.Contents(store) == after[during].Contents || TestProject.Contents(store) == after[during - 1].Contents,
                    $"killed at change {change}, in step {during}: {TestProject.Contents(store)}");
            project.AssertConsistent();
        }
    }

    [Fact]
    public void After_a_kill_at_any_change_of_the_first_opening_the_next_one_succeeds()
    {
        int changes = Reference()[0].Changes;
        for (int change = 1; change < changes; change++)
        {
            using var project = new TestProject();
            try
            {
                project.Open(new FailingFiles(change, null)).Dispose();
            }
            catch (Engine.LiveCamException)
            {
                // What was to be made is not there, which the dead program would not have seen.
            }
            project.AssertConsistent();
        }
    }

    [Fact]
    public void A_disk_that_is_full_at_any_change_and_free_again_leaves_no_damage_and_the_state_says_so_meanwhile()
    {
        List<(string Contents, int Changes)> after = Reference();
        for (int change = after[0].Changes; change < after[^1].Changes; change++)
        {
            using var project = new TestProject();
            var files = new FailingFiles(change, new IOException("No space left on device", 28));
            using (SampleStore store = project.Open(files))
            {
                bool told = false;
                foreach (Action<SampleStore> step in Steps)
                {
                    step(store);
                    store.Settle();
                    told |= store.State.Trouble is { } trouble && trouble.Contains("is full; free some space and go on.");
                }
                Assert.True(told);
                files.IsMended = true;
                int count = store.State.Count;
                TestProject.Keep(store, 0, store.NewBurst(), 77);
                Assert.Equal((null, count + 1), (store.State.Trouble, store.State.Count));
            }
            project.AssertConsistent();
        }
    }
}
