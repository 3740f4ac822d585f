/// The `optimizer:` section.
public struct OptimizerSpec: Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        case sgd, adam, adamw, rmsprop, adagrad, nadam, lbfgs

        /// Which optimizers a setting does something with.
        static let users: [(setting: String, kinds: [Self])] = [
            ("momentum", [.sgd, .rmsprop]), ("nesterov", [.sgd]), ("beta1", [.adam, .adamw, .nadam]), ("beta2", [.adam, .adamw, .nadam]),
            ("epsilon", [.adam, .adamw, .nadam, .rmsprop, .adagrad]), ("rho", [.rmsprop]), ("learning_rate", allCases.filter { $0 != .lbfgs }),
            ("history_size", [.lbfgs]), ("tolerance_grad", [.lbfgs]), ("tolerance_change", [.lbfgs]), ("c1", [.lbfgs]), ("c2", [.lbfgs]),
            ("max_ls", [.lbfgs]),
        ]
    }
    public var type: Sourced<Kind>
    public var learningRate: Sourced<Double>
    public var momentum: Double
    public var nesterov: Bool
    public var beta1: Double
    public var beta2: Double
    public var epsilon: Double
    /// Smoothing of rmsprop's mean square (PyTorch's alpha) = 0.9.
    public var rho: Double
    public var weightDecay: Double
    public var decayBias: Bool
    /// Of lbfgs.
    public var limitedMemory: LimitedMemorySpec

    public init(
        type: Sourced<Kind>, learningRate: Sourced<Double>, momentum: Double, nesterov: Bool, beta1: Double, beta2: Double, epsilon: Double,
        rho: Double, weightDecay: Double, decayBias: Bool, limitedMemory: LimitedMemorySpec = LimitedMemorySpec()
    ) {
        self.type = type; self.learningRate = learningRate; self.momentum = momentum; self.nesterov = nesterov; self.beta1 = beta1
        self.beta2 = beta2; self.epsilon = epsilon; self.rho = rho; self.weightDecay = weightDecay; self.decayBias = decayBias
        self.limitedMemory = limitedMemory
    }
}

/// Settings of L-BFGS, named as in PyTorch's and SciPy's.
public struct LimitedMemorySpec: Sendable {
    /// Steps that it remembers.
    public var historySize = 10
    public var toleranceGrad = 1e-7
    public var toleranceChange = 1e-9
    /// Constants of the Wolfe conditions.
    public var c1 = 1e-4
    public var c2 = 0.9
    /// Evaluations of a line search after its first.
    public var evaluationLimit = 25
    public init() {}
}

/// The `training:` section.
public struct TrainingSpec: Sendable {
    public enum BatchSize: Sendable, Equatable {
        case full
        case rows(Int)

        /// Where nothing is written.
        public static let standardRows = 32
    }
    public enum LastBatch: String, Sendable, CaseIterable { case keep, drop }
    public enum GradientClip: Sendable, Equatable {
        case none
        case norm(Double)
        case value(Double)
    }
    public enum Keep: String, Sendable, CaseIterable { case best, last }
    public enum OnNonfinite: String, Sendable, CaseIterable {
        case stop
        case halveLearningRate = "halve_learning_rate"
    }
    public enum Precision: String, Sendable, CaseIterable { case float32, float64 }

    public var epochs: Sourced<Int>
    public var schedule: Sourced<ScheduleSpec>
    /// nil: none.
    public var earlyStopping: Sourced<EarlyStoppingSpec>?
    /// nil: none.
    public var maxTimeSeconds: Double?
    /// Epochs between two checkpoints; 0: none.
    public var checkpointEvery: Sourced<Int>
    public var onNonfinite: Sourced<OnNonfinite>
    public var batchSize: Sourced<BatchSize>
    public var shuffle: Bool
    public var lastBatch: Sourced<LastBatch>
    public var gradientClip: GradientClip
    public var keep: Sourced<Keep>
    /// A metric name as in metrics.csv: validation.loss.
    public var monitor: Sourced<String>
    /// nil: auto.
    public var threads: Sourced<Int?>
    public var precision: Sourced<Precision>

    public init(
        epochs: Sourced<Int>, schedule: Sourced<ScheduleSpec>, earlyStopping: Sourced<EarlyStoppingSpec>?, maxTimeSeconds: Double?,
        checkpointEvery: Sourced<Int>, onNonfinite: Sourced<OnNonfinite>, batchSize: Sourced<BatchSize>, shuffle: Bool, lastBatch: Sourced<LastBatch>,
        gradientClip: GradientClip,
        keep: Sourced<Keep>, monitor: Sourced<String>, threads: Sourced<Int?>, precision: Sourced<Precision>
    ) {
        self.epochs = epochs; self.schedule = schedule; self.earlyStopping = earlyStopping; self.maxTimeSeconds = maxTimeSeconds
        self.checkpointEvery = checkpointEvery; self.onNonfinite = onNonfinite
        self.batchSize = batchSize; self.shuffle = shuffle; self.lastBatch = lastBatch; self.gradientClip = gradientClip
        self.keep = keep; self.monitor = monitor; self.threads = threads; self.precision = precision
    }
}

/// The `output:` section.
public struct OutputSpec: Sendable {
    /// Already joined with the folder of the file that wrote it.
    public var directory: Sourced<String>
    public init(directory: Sourced<String>) { self.directory = directory }
}
