import Diagnostics

/// Where a value of the resolved spec came from.
public enum Origin: Sendable {
    case file(SourceRange)
    /// A `--set` text; its range lies in a source file called `--set`.
    case commandLine(SourceRange)
    case standard

    /// The place to point at, if the value was written by someone.
    public var range: SourceRange? {
        switch self {
        case .file(let range), .commandLine(let range): range
        case .standard: nil
        }
    }
}

/// A value of the resolved spec that remembers its origin.
public struct Sourced<Value: Sendable>: Sendable {
    public let value: Value
    public let origin: Origin
    public init(_ value: Value, _ origin: Origin = .standard) {
        self.value = value
        self.origin = origin
    }
    public var range: SourceRange? { origin.range }
}

/// The typed, resolved spec: every setting has a value and knows where it came from. spec-language page: "The whole language".
public struct Spec: Sendable {
    public var name: Sourced<String>
    public var description: Sourced<String>
    public var seed: Sourced<UInt64>
    public var task: Sourced<Task>
    public var data: DataSpec
    public var model: ModelSpec
    public var loss: Sourced<LossChoice>
    public var labelSmoothing: Sourced<Double>
    public var classWeights: Sourced<ClassWeights>
    public var metrics: Sourced<MetricsChoice>
    public var optimizer: OptimizerSpec
    public var training: TrainingSpec
    public var output: OutputSpec
    /// Folder of the spec file as written ("" when none was given).
    public var directory: String
    /// The file itself, for diagnostics without a better place.
    public var file: SourceFile

    public enum Task: String, Sendable, CaseIterable { case auto, classification, binary, multilabel, regression }
    public enum ClassWeights: Sendable {
        case none, balanced
        case byName([(name: Sourced<String>, weight: Double)])
    }
    public enum MetricsChoice: Sendable {
        case auto
        case named([Sourced<String>])
    }
    public enum LossChoice: Sendable, Equatable {
        case auto, crossEntropy, binaryCrossEntropy, mse, mae, sse, klDivergence
        case huber(delta: Double)
    }

    public init(
        name: Sourced<String>, description: Sourced<String>, seed: Sourced<UInt64>, task: Sourced<Task>, data: DataSpec, model: ModelSpec,
        loss: Sourced<LossChoice>, labelSmoothing: Sourced<Double>, classWeights: Sourced<ClassWeights>, metrics: Sourced<MetricsChoice>,
        optimizer: OptimizerSpec, training: TrainingSpec, output: OutputSpec, directory: String, file: SourceFile
    ) {
        self.name = name; self.description = description; self.seed = seed; self.task = task; self.data = data; self.model = model
        self.loss = loss; self.labelSmoothing = labelSmoothing; self.classWeights = classWeights; self.metrics = metrics
        self.optimizer = optimizer; self.training = training; self.output = output; self.directory = directory; self.file = file
    }
}
