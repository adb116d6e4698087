namespace LiveCam.Engine.Models;

/// <summary>How large the weights are that a layer starts from; all are uniform around 0, biases are 0.</summary>
public enum Initializer
{
    /// <summary>Variance 2 / fan-in, for layers a ReLU follows (He, Zhang, Ren and Sun, "Delving deep into rectifiers", 2015, section 2.2).</summary>
    He,

    /// <summary>Variance 2 / (fan-in + fan-out), for layers nothing follows (Glorot and Bengio 2010, equation 16).</summary>
    Glorot,

    /// <summary>Variance 1 / fan-in, for layers a sigmoid or tanh follows (LeCun, Bottou, Orr and Müller, "Efficient BackProp", 1998, equation 16).</summary>
    LeCun,

    /// <summary>Variance 1 / fan-in, with which SELU keeps mean 0 and variance 1 (Klambauer, Unterthiner, Mayr and Hochreiter 2017, section 2).</summary>
    Selu,
}
