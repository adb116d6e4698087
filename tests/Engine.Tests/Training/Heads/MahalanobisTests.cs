using LiveCam.Engine.Training.Heads;

namespace LiveCam.Engine.Tests.Training.Heads;

/// <summary>The shrunk covariance and its distances against the definition, inverted by Gauss and Jordan.</summary>
public sealed class MahalanobisTests
{
    /// <summary>Fewer samples than dimensions, about as many, more.</summary>
    public static TheoryData<int, int> Sizes => new() { { 3, 12 }, { 12, 12 }, { 13, 17 }, { 17, 13 }, { 40, 7 }, { 2, 29 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Distances_are_those_of_the_inverse_of_the_ledoit_wolf_estimate(int each, int dimension)
    {
        MemoryRows rows = HeadData.Rows(2, each, dimension, 0.3);
        double[][] centred = HeadData.Centred(rows);
        (double[,] matrix, double shrinkage) = HeadData.LedoitWolf(centred, dimension);
        double[,] inverse = HeadData.Inverse(matrix);
        var metric = new Mahalanobis(centred, dimension);
        Assert.Equal(shrinkage, metric.Shrinkage, 1e-12);
        Assert.InRange(shrinkage, 0.001, 0.999);
        var random = new Random(5);
        for (int i = 0; i < 10; i++)
        {
            double[] x = [.. Enumerable.Range(0, dimension).Select(_ => random.NextDouble())], y = [.. Enumerable.Range(0, dimension).Select(_ => random.NextDouble())];
            double expected = HeadData.Form(inverse, [.. x.Zip(y, (a, b) => a - b)]);
            Assert.Equal(1, metric.Squared(metric.Project(x), metric.Project(y)) / expected, 1e-9);
            double[] solution = metric.Solve(x);
            for (int d = 0; d < dimension; d++) Assert.Equal(Enumerable.Range(0, dimension).Sum(j => inverse[d, j] * x[j]), solution[d], 1e-9 * expected);
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void After_the_linear_map_distances_are_euclids(int each, int dimension)
    {
        double[][] centred = HeadData.Centred(HeadData.Rows(2, each, dimension, 0.3));
        double[,] inverse = HeadData.Inverse(HeadData.LedoitWolf(centred, dimension).Matrix);
        Whitening map = new Mahalanobis(centred, dimension).Whitening();
        var random = new Random(5);
        for (int i = 0; i < 10; i++)
        {
            double[] x = [.. Enumerable.Range(0, dimension).Select(_ => random.NextDouble())], y = [.. Enumerable.Range(0, dimension).Select(_ => random.NextDouble())];
            double expected = HeadData.Form(inverse, [.. x.Zip(y, (a, b) => a - b)]);
            Assert.Equal(1, map.Of(x).Zip(map.Of(y), (a, b) => (a - b) * (a - b)).Sum() / expected, 1e-9);
        }
    }

    [Fact]
    public void Samples_that_do_not_vary_leave_a_multiple_of_euclids_distance()
    {
        var metric = new Mahalanobis([new double[5], new double[5]], 5);
        Mahalanobis.Point zero = metric.Project(new double[5]), one = metric.Project([1, 0, 0, 0, 0]), far = metric.Project([0, 2, 0, 0, 0]);
        Assert.Equal(4, metric.Squared(zero, far) / metric.Squared(zero, one), 1e-12);
        Assert.True(double.IsFinite(metric.Squared(zero, one)));
    }

    [Fact]
    public void Cholesky_multiplies_back_to_its_matrix_and_knows_its_determinant()
    {
        const int size = 19;
        var random = new Random(3);
        double[][] x = [.. Enumerable.Range(0, 40).Select(_ => Enumerable.Range(0, size).Select(_ => HeadData.Normal(random)).ToArray())];
        double[,] matrix = HeadData.LedoitWolf(x, size).Matrix;
        var flat = new double[size * size];
        for (int i = 0; i < size; i++)
            for (int j = 0; j <= i; j++) flat[i * size + j] = matrix[i, j];
        var cholesky = new Cholesky(flat, size);
        double determinant = 0;
        for (int i = 0; i < size; i++)
        {
            determinant += 2 * Math.Log(flat[i * size + i]);
            for (int j = 0; j <= i; j++) Assert.Equal(matrix[i, j], Enumerable.Range(0, j + 1).Sum(k => flat[i * size + k] * flat[j * size + k]), 1e-12);
        }
        Assert.Equal(determinant, cholesky.LogDeterminant, 1e-12);
    }

    [Fact]
    public void A_matrix_that_is_not_positive_definite_is_refused_with_a_sentence() =>
        Assert.Contains("not positive definite", Assert.Throws<LiveCamException>(() => new Cholesky([1, 0, 2, 1], 2)).Message);
}
