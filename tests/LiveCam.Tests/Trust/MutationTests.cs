using LiveCam.Tests.Trust.Fuzzing;

namespace LiveCam.Tests.Trust;

/// <summary>
/// Every reader takes thousands of changed inputs, the same each time: it reads them or refuses them with a sentence. 20,000 a target where a reader is quick, fewer
/// where it is not (<see cref="FuzzTarget.Share"/>); with LIVECAM_TEST_ALL 20,000 for all of them.
/// </summary>
public sealed class MutationTests
{
    private const int Runs = 20_000;

    public static TheoryData<string> Names
    {
        get
        {
            using var targets = new FuzzTargets();
            return [.. targets.All.Select(target => target.Name)];
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_changed_input_is_read_or_refused_with_a_sentence(string name)
    {
        using var targets = new FuzzTargets();
        FuzzTarget target = targets.All.Single(one => one.Name == name);
        bool isAll = Environment.GetEnvironmentVariable("LIVECAM_TEST_ALL") is "1";
        int runs = isAll ? Runs : (int)(Runs * target.Share);
        var mutator = new Mutator(seed: 17);
        Assert.All(target.Seeds, seed => target.Read(seed));
        for (int run = 0; run < runs; run++)
        {
            byte[] input = mutator.Change(mutator.Choose(target.Seeds), mutator.Choose(target.Seeds));
            try
            {
                target.Read(input);
            }
            catch (Exception error) when (FuzzTargets.IsForeseen(error))
            {
            }
            catch (Exception error)
            {
                Assert.Fail($"{name}, mutation {run}: {Convert.ToBase64String(input)}\n{error}");
            }
        }
    }
}
