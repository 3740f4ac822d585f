import Compiler
import Datasets
import Diagnostics
import Execution
import IR
import RandomStreams
import SpecLanguage

/// The learning rates of a sweep: from a low one to a high one, each the same multiple of the one before.
public struct RateRange: Sendable {
    public let from: Double
    public let to: Double
    public let steps: Int
    private let ratio: Double

    /// Precondition: 0 < from < to, steps >= 2.
    public init(from: Double, to: Double, steps: Int) {
        (self.from, self.to, self.steps) = (from, to, steps)
        // The root by halving: no function of the system is asked, so it is the same everywhere.
        var (low, high) = (1.0, to / from)
        while true {
            let middle = low + (high - low) / 2
            guard middle > low, middle < high else { break }
            if LearningRateSchedule.power(middle, steps - 1) < to / from { low = middle } else { high = middle }
        }
        ratio = high
    }

    /// The rate of a step, from 0.
    public func rate(_ step: Int) -> Double { step == steps - 1 ? to : from * LearningRateSchedule.power(ratio, step) }
}

/// The loss of training batches while the learning rate rises.
///
/// Source: Smith, "Cyclical Learning Rates for Training Neural Networks" (2017), section 3.3, with the smoothing and the end of fastai's `lr_find`.
public struct RateSweep: Sendable {
    /// The share of the smoothed loss that comes from the steps before.
    static let memory = 0.95
    /// It ends where the smoothed loss is so many times its lowest.
    public static let blowUp = 4.0

    /// One step.
    public struct Point: Sendable {
        public let rate: Double
        /// Of the batch, before its update: the mean over its rows.
        public let loss: Double
        /// The mean of the losses so far, later ones weighing more; unbiased from the first on.
        public let smoothed: Double
    }

    /// Why it ended.
    public enum End: Sendable, Equatable {
        case largestRate, rose
        /// The rate of the step whose loss was not finite; it is no point.
        case notFinite(rate: Double)
    }

    package init() {}

    public internal(set) var points: [Point] = []
    public internal(set) var end = End.largestRate
    private var mean = 0.0
    private var share = 1.0

    /// Takes the loss of a step; whether the sweep goes on.
    package mutating func add(_ loss: Double, at rate: Double) -> Bool {
        guard loss.isFinite else {
            end = .notFinite(rate: rate)
            return false
        }
        mean = mean * Self.memory + loss * (1 - Self.memory)
        share *= Self.memory
        points.append(Point(rate: rate, loss: loss, smoothed: mean / (1 - share)))
        guard let lowest, points[points.count - 1].smoothed > Self.blowUp * points[lowest].smoothed else { return true }
        end = .rose
        return false
    }

    /// The point of the lowest smoothed loss, of equal ones the first.
    public var lowest: Int? { points.indices.min { points[$0].smoothed < points[$1].smoothed } }

    /// The point at which the smoothed loss falls most from one rate to the next, of those before the lowest whose rate is at least a hundredth of
    /// its. Further back the loss hardly moves but for the luck of the rows; so it does in the first tenth, where the mean is of a few batches.
    public var steepest: Int? {
        guard let lowest else { return nil }
        let candidates = (0..<lowest).filter { $0 >= max(1, points.count / 10) && points[$0].rate * 100 >= points[lowest].rate }
        return candidates.min { points[$0 + 1].smoothed - points[$0 - 1].smoothed < points[$1 + 1].smoothed - points[$1 - 1].smoothed }
    }

    /// Whether the suggestion is the rate of the steepest fall: that is below a tenth of the rate of the lowest smoothed loss.
    public var suggestsSteepest: Bool {
        guard let lowest, let steepest else { return false }
        return points[steepest].rate * 10 < points[lowest].rate
    }

    /// The smaller of two rates, to one digit: a tenth of that of the lowest smoothed loss, and that of the steepest fall. nil if the loss fell by
    /// less than a hundredth.
    public var suggestion: Double? {
        guard let lowest, points[lowest].smoothed < 0.99 * points[0].smoothed else { return nil }
        if suggestsSteepest, let steepest { return Self.rounded(points[steepest].rate) }
        return Self.rounded(points[lowest].rate / 10)
    }

    /// To the nearest number of one digit.
    package static func rounded(_ value: Double) -> Double {
        var (exponent, power) = (0, 1.0)
        while value >= power * 10 { (exponent, power) = (exponent + 1, power * 10) }
        while value < power { (exponent, power) = (exponent - 1, power / 10) }
        let digit = min(max((value / power).rounded(), 1), 10)
        // By its text, so that it is the number that people write.
        return Double("\(Int(digit))e\(exponent)") ?? value
    }
}

extension Trainer {
    /// Trains over the batches as they come, in the order of a training, each with a larger rate. The trainer is of no other use afterwards.
    package func sweep(_ range: RateRange) -> RateSweep {
        var result = RateSweep()
        var clock = clock
        var step = 0
        var epoch = 0
        let isLastKept = setup.spec.training.lastBatch.value == .keep
        while step < range.steps {
            epoch += 1
            var order = train.rows
            if setup.spec.training.shuffle {
                RandomStream(seed: setup.spec.seed.value, name: "shuffle").shuffle(&order, substream: UInt64(epoch))
            }
            let goesOn = order.withUnsafeBufferPointer { order -> Bool in
                guard let base = order.baseAddress else { return false }
                let source = BatchSource(inputs: train.inputs, targets: train.targets.base, rowWeights: train.rowWeights?.base, order: base)
                for first in stride(from: 0, to: order.count, by: setup.batchRows) where step < range.steps {
                    let rows = min(setup.batchRows, order.count - first)
                    if rows < setup.batchRows, !isLastKept { break }
                    let rate = range.rate(step)
                    step += 1
                    clock.learningRate = rate
                    clock.advance(into: executor.updateParameters)
                    executor.run(source, first: first, rows: rows, step: UInt64(clock.step))
                    let totals = executor.lossTotals
                    // Rows that all weigh 0 have no loss, and move nothing.
                    if totals.weight == 0 { continue }
                    if !result.add(totals.sum / totals.weight, at: rate) { return false }
                }
                return true
            }
            if !goesOn { break }
        }
        return result
    }
}
