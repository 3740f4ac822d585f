/// `training.schedule`: how the learning rate changes from epoch to epoch.
public struct ScheduleSpec: Sendable {
    public enum Kind: Sendable {
        case constant
        case step(every: Int, factor: Double)
        case exponential(factor: Double)
        case cosine(minimum: Double)
        case linear(final: Double)
        case reduceOnPlateau(ReduceOnPlateau)
        case oneCycle(OneCycle)
    }

    public struct ReduceOnPlateau: Sendable {
        public var factor: Double
        public var patience: Int
        /// As in metrics.csv: train.loss, validation.loss, validation.accuracy.
        public var monitor: Sourced<String>
        public var threshold: Double
        public var cooldown: Int
        public var minimum: Double

        public init(factor: Double, patience: Int, monitor: Sourced<String>, threshold: Double, cooldown: Int, minimum: Double) {
            self.factor = factor
            self.patience = patience
            self.monitor = monitor
            self.threshold = threshold
            self.cooldown = cooldown
            self.minimum = minimum
        }
    }

    public struct OneCycle: Sendable {
        public var pctStart: Double
        public var divFactor: Double
        public var finalDivFactor: Double

        public init(pctStart: Double, divFactor: Double, finalDivFactor: Double) {
            self.pctStart = pctStart
            self.divFactor = divFactor
            self.finalDivFactor = finalDivFactor
        }
    }

    public var kind: Kind
    /// 0: none.
    public var warmupEpochs: Int

    public init(_ kind: Kind, warmupEpochs: Int = 0) {
        self.kind = kind
        self.warmupEpochs = warmupEpochs
    }

    /// What reduce_on_plateau watches.
    public var monitor: Sourced<String>? { if case .reduceOnPlateau(let rule) = kind { rule.monitor } else { nil } }
}

/// `training.early_stopping`.
public struct EarlyStoppingSpec: Sendable {
    public enum Mode: String, Sendable, CaseIterable { case auto, min, max }
    /// As in metrics.csv: train.loss, validation.loss, validation.accuracy.
    public var monitor: Sourced<String>
    public var patience: Int
    public var minDelta: Double
    public var mode: Sourced<Mode>

    public init(monitor: Sourced<String>, patience: Int, minDelta: Double, mode: Sourced<Mode>) {
        self.monitor = monitor
        self.patience = patience
        self.minDelta = minDelta
        self.mode = mode
    }

    /// Whether a larger value is an improvement.
    public var higherIsBetter: Bool { mode.value == .auto ? Metric.higherIsBetter(monitor.value) : mode.value == .max }
}

extension Metric {
    /// The metric of a monitor: `validation.accuracy`; nil for the losses.
    public static func watched(by monitor: String) -> Metric? {
        monitor.hasPrefix("validation.") ? Metric(rawValue: String(monitor.dropFirst("validation.".count))) : nil
    }

    /// Whether a larger value of a monitor is better.
    public static func higherIsBetter(_ monitor: String) -> Bool { watched(by: monitor)?.higherIsBetter ?? false }
}
