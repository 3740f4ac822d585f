import SpecLanguage

/// One row of metrics.csv.
public struct EpochRecord: Sendable {
    /// From 1.
    public var epoch: Int
    /// Of lbfgs the length of the step, in directions.
    public var learningRate: Double
    /// Mean over rows as computed during the epoch (the sum for sse).
    public var trainLoss: Double
    /// nil without validation rows.
    public var validationLoss: Double?
    /// Validation metrics in the order of `TrainingRecord.metricNames`; nil where undefined. Empty without validation rows.
    public var validationMetrics: [Double?]

    public init(epoch: Int, learningRate: Double, trainLoss: Double, validationLoss: Double?, validationMetrics: [Double?]) {
        self.epoch = epoch
        self.learningRate = learningRate
        self.trainLoss = trainLoss
        self.validationLoss = validationLoss
        self.validationMetrics = validationMetrics
    }
}

/// Final numbers of one part: "train", "validation" or "test".
public struct PartEvaluation: Sendable {
    public var part: String
    public var rows: Int
    public var loss: Double
    /// (name, value) in the order of the metrics setting; nil where undefined.
    public var metrics: [(name: String, value: Double?)]
    /// What guessing without inputs reaches: the majority class's accuracy, or the rmse of the training mean.
    public var baseline: (name: String, value: Double)?
    /// Of classes, where there are few enough to be read.
    public var confusion: ConfusionMatrix?
    /// `Part.rowsDigest`; nil for a file that was not divided.
    public var rowsDigest: String?

    /// Whether the metric of the baseline is measured and no better.
    var isNoBetterThanGuessing: Bool {
        guard let baseline, let value = metrics.first(where: { $0.name == baseline.name })?.value else { return false }
        return Metric(rawValue: baseline.name)?.higherIsBetter ?? true ? value <= baseline.value : value >= baseline.value * 0.999
    }

    public init(
        part: String, rows: Int, loss: Double, metrics: [(name: String, value: Double?)], baseline: (name: String, value: Double)?,
        rowsDigest: String? = nil
    ) {
        self.part = part
        self.rows = rows
        self.loss = loss
        self.metrics = metrics
        self.baseline = baseline
        self.rowsDigest = rowsDigest
    }
}

/// Rows by true and by predicted class.
public struct ConfusionMatrix: Sendable, Equatable {
    /// More classes than this are no table for a person.
    package static let classLimit = 20

    /// In the order of their numbers.
    public var classes: [String]
    /// [true class][predicted class].
    public var counts: [[Int]]

    public init(classes: [String], counts: [[Int]]) {
        self.classes = classes
        self.counts = counts
    }
}

/// Why the training ended; the words of evaluation.json.
public enum StopReason: String, Sendable { case epochs, early_stopping, converged, max_time, interrupted, diverged }

/// What a training run leaves besides the model.
public struct TrainingRecord: Sendable {
    public var metricNames: [String]
    public var hasValidation: Bool
    public var epochs: [EpochRecord]
    /// Epoch whose weights are kept, from 1 (0: the initial weights).
    public var bestEpoch: Int
    public var stopReason: StopReason
    /// Measured with the weights kept: train, then validation and test where they have rows.
    public var evaluations: [PartEvaluation]
    /// The epochs in which a number was not finite and the learning rate was halved, one entry each time.
    public var halvings: [Int]

    public init(
        metricNames: [String], hasValidation: Bool, epochs: [EpochRecord], bestEpoch: Int, stopReason: StopReason,
        evaluations: [PartEvaluation], halvings: [Int] = []
    ) {
        self.metricNames = metricNames
        self.hasValidation = hasValidation
        self.epochs = epochs
        self.bestEpoch = bestEpoch
        self.stopReason = stopReason
        self.evaluations = evaluations
        self.halvings = halvings
    }
}
