import Datasets
import SpecLanguage

/// A network with its weights and all that predict needs: what weights.json holds.
public struct TrainedModel: Sendable {
    public var task: ResolvedTask
    public var precision: TrainingSpec.Precision
    /// The loss's name as in the spec ("cross_entropy").
    public var loss: String
    public var preprocessing: Preprocessing
    public var target: TargetEncoding
    /// The column that weighs the rows, for who measures; nil: each weighs 1.
    public var sampleWeight: String?
    /// Dense and activation layers in order; dropout leaves nothing to keep.
    public var layers: [TrainedLayer]

    public init(
        task: ResolvedTask, precision: TrainingSpec.Precision, loss: String, preprocessing: Preprocessing, target: TargetEncoding,
        sampleWeight: String? = nil, layers: [TrainedLayer]
    ) {
        self.task = task
        self.precision = precision
        self.loss = loss
        self.preprocessing = preprocessing
        self.target = target
        self.sampleWeight = sampleWeight
        self.layers = layers
    }
}

/// One layer of a trained model.
public struct TrainedLayer: Sendable {
    public var name: String
    /// "dense" or "activation".
    public var type: String
    public var activation: ActivationName
    /// [inputs][units] as in y = x W + b; nil for an activation layer.
    public var weight: Matrix?
    /// [1][units]; nil without a bias.
    public var bias: Matrix?

    public init(name: String, type: String, activation: ActivationName, weight: Matrix?, bias: Matrix?) {
        self.name = name
        self.type = type
        self.activation = activation
        self.weight = weight
        self.bias = bias
    }
}
