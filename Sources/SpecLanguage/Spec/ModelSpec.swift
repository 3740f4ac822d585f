import Diagnostics

/// The `model:` section.
public struct ModelSpec: Sendable {
    public var layers: [LayerSpec]
    /// For hidden layers that name none.
    public var activation: Sourced<ActivationName>
    public var initializer: Sourced<InitializerSpec>
    /// nil: auto. One number for a row of features.
    public var inputWidth: Sourced<Int>?
    /// Path of a weights file to start from; nil: none.
    public var initialWeights: Sourced<String>?
    /// Range of the `layers` list (for "no layers" and last-layer messages).
    public var layersRange: SourceRange?

    public init(
        layers: [LayerSpec], activation: Sourced<ActivationName>, initializer: Sourced<InitializerSpec>, inputWidth: Sourced<Int>?,
        initialWeights: Sourced<String>?, layersRange: SourceRange?
    ) {
        self.layers = layers; self.activation = activation; self.initializer = initializer; self.inputWidth = inputWidth
        self.initialWeights = initialWeights; self.layersRange = layersRange
    }
}

public struct LayerSpec: Sendable {
    public enum Kind: Sendable {
        case dense(DenseSpec)
        case activation(ActivationName)
        case dropout(rate: Double)
    }
    public var kind: Kind
    /// Explicit name, or the generated one: kind and its number among its kind ("dense_1", "dropout_1"). Unique.
    public var name: String
    /// Range of the whole entry in the list.
    public var range: SourceRange?

    public init(kind: Kind, name: String, range: SourceRange?) {
        self.kind = kind; self.name = name; self.range = range
    }
}

public struct DenseSpec: Sendable {
    public enum Units: Sendable, Equatable {
        case auto
        case count(Int)
    }
    public var units: Sourced<Units>
    /// nil: the model's default (or, on the last layer, what follows from the loss).
    public var activation: Sourced<ActivationName>?
    public var bias: Bool
    /// nil: the model's.
    public var initializer: Sourced<InitializerSpec>?
    public var trainsWeight: Bool
    public var trainsBias: Bool
    public var l1: Double
    public var l2: Double

    public init(
        units: Sourced<Units>, activation: Sourced<ActivationName>? = nil, bias: Bool = true, initializer: Sourced<InitializerSpec>? = nil,
        trainsWeight: Bool = true, trainsBias: Bool = true, l1: Double = 0, l2: Double = 0
    ) {
        self.units = units; self.activation = activation; self.bias = bias; self.initializer = initializer
        self.trainsWeight = trainsWeight; self.trainsBias = trainsBias; self.l1 = l1; self.l2 = l2
    }
}

public enum ActivationName: String, Sendable, CaseIterable {
    case linear, relu, leaky_relu, elu, selu, gelu, gelu_tanh, silu, softplus, softsign, sigmoid, tanh, hard_sigmoid, hard_swish, mish, relu6, softmax
}

public enum InitializerSpec: Sendable, Equatable {
    case auto, glorotUniform, glorotNormal, heUniform, heNormal, lecunNormal, zeros, ones
    case normal(mean: Double, std: Double)  // = 0, 0.05
    case uniform(minimum: Double, maximum: Double)  // = -0.05, 0.05
}
