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

    /// How many there are to be.
    public let steps: Int

    package init(steps: Int) { self.steps = steps }

    public internal(set) var points: [Point] = []
    public internal(set) var end = End.largestRate
    private var mean = 0.0
    private var share = 1.0
    /// The lowest smoothed loss.
    private var least = Double.infinity

    /// Takes the loss of a step; whether the sweep goes on.
    package mutating func add(_ loss: Double, at rate: Double) -> Bool {
        guard loss.isFinite else {
            end = .notFinite(rate: rate)
            return false
        }
        mean = mean * Self.memory + loss * (1 - Self.memory)
        share *= Self.memory
        points.append(Point(rate: rate, loss: loss, smoothed: mean / (1 - share)))
        least = min(least, points[points.count - 1].smoothed)
        guard points[points.count - 1].smoothed > Self.blowUp * least else { return true }
        end = .rose
        return false
    }

    /// The losses without the lag of the smoothed ones, which are means of earlier rates: around each point the mean of a tenth of the steps to
    /// either side, with weights that fall linearly.
    public var levelled: [Double] {
        let reach = max(2, steps / 10)
        return points.indices.map { center in
            var (sum, weights) = (0.0, 0.0)
            for index in max(0, center - reach + 1)..<min(points.count, center + reach) {
                let weight = Double(reach - abs(index - center))
                sum += weight * points[index].loss
                weights += weight
            }
            return sum / weights
        }
    }

    /// The point of the lowest levelled loss before it rises: a training that has blown up may come to lower ones, dead.
    ///
    /// It has risen where, after a fall of four fifths of what it falls at all, it has taken back more than 15 % of the fall. It falls from the mean
    /// of the first fifth of the sweep.
    public var lowest: Int? {
        let losses = levelled
        guard let least = losses.min() else { return nil }
        let first = losses.prefix(max(1, losses.count / 5))
        let top = first.reduce(0, +) / Double(first.count)
        var lowest = 0
        for (index, loss) in losses.enumerated() {
            if loss < losses[lowest] { lowest = index }
            let fall = top - losses[lowest]
            if fall >= 0.8 * (top - least), loss > losses[lowest] + 0.15 * fall { break }
        }
        return lowest
    }

    /// A tenth of the rate of the lowest loss, to one digit. nil if the loss fell by less than a hundredth.
    ///
    /// Source: Smith's range test with the usual margin of ten. The steepest fall and fastai's "valley", which are other readings of the curve, do
    /// worse on networks of the size that people describe in YAML: scripts/learning_rates.py compares them.
    public var suggestion: Double? {
        guard let lowest else { return nil }
        let losses = levelled
        return losses[lowest] < 0.99 * losses[0] ? Self.rounded(points[lowest].rate / 10) : nil
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
        var result = RateSweep(steps: range.steps)
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
