import Execution
import SpecLanguage

/// The learning rate of every epoch.
///
/// A pure function of the epoch but for reduce_on_plateau, whose memory is a `Plateau`. Nothing but +, -, x, / and our own cosine: the same bits
/// on every system.
/// Source: PyTorch's torch.optim.lr_scheduler in closed form, one step for each epoch; T is the number of epochs after the warm-up.
package struct LearningRateSchedule: Sendable {
    private let spec: ScheduleSpec
    private let base: Double
    private let epochs: Int

    /// - Parameters:
    ///   - base: the optimizer's learning_rate.
    ///   - epochs: of the whole training.
    package init(_ spec: ScheduleSpec, base: Double, epochs: Int) {
        self.spec = spec
        self.base = base
        self.epochs = epochs
    }

    /// The memory of reduce_on_plateau before the first epoch.
    package var start: Plateau { Plateau(rate: base) }

    /// The learning rate of an epoch, from 1.
    package func rate(epoch: Int, plateau: Plateau) -> Double {
        let warmUp = spec.warmupEpochs
        if epoch <= warmUp { return base * Double(epoch) / Double(warmUp) }
        // As PyTorch counts them: from 0, after the warm-up.
        let (e, total) = (epoch - warmUp - 1, epochs - warmUp)
        switch spec.kind {
        case .constant: return base
        case .step(let every, let factor): return base * Self.power(factor, e / every)
        case .exponential(let factor): return base * Self.power(factor, e)
        case .cosine(let minimum): return minimum + (base - minimum) * (1 + Elementary.cosineOfHalfTurns(Double(e) / Double(total))) / 2
        case .linear(let final): return base + (final - base) * (Double(e) / Double(total))
        case .oneCycle(let cycle): return rate(in: cycle, Double(e), of: Double(total))
        case .reduceOnPlateau: return plateau.rate
        }
    }

    /// What reduce_on_plateau makes of an epoch's value; the others pass over it, and so does a warm-up.
    package func epochDidEnd(_ epoch: Int, value: Double?, higherIsBetter: Bool, plateau: inout Plateau) {
        guard case .reduceOnPlateau(let rule) = spec.kind, epoch > spec.warmupEpochs else { return }
        plateau.take(value, higherIsBetter: higherIsBetter, rule)
    }

    /// PyTorch's OneCycleLR with `anneal_strategy="cos"`: up to the learning rate, then down far below where it began.
    private func rate(in cycle: ScheduleSpec.OneCycle, _ step: Double, of total: Double) -> Double {
        let first = base / cycle.divFactor
        let last = first / cycle.finalDivFactor
        let top = cycle.pctStart * total - 1
        if step <= top { return Self.anneal(first, base, top > 0 ? step / top : 1) }
        return Self.anneal(base, last, (step - top) / (total - 1 - top))
    }

    private static func anneal(_ start: Double, _ end: Double, _ share: Double) -> Double {
        end + (start - end) / 2 * (1 + Elementary.cosineOfHalfTurns(share))
    }

    /// By squaring, so that no order of multiplications depends on how the training went. Precondition: exponent >= 0.
    static func power(_ base: Double, _ exponent: Int) -> Double {
        var (result, square, rest) = (1.0, base, exponent)
        while rest > 0 {
            if rest & 1 == 1 { result *= square }
            square *= square
            rest >>= 1
        }
        return result
    }
}

/// All that reduce_on_plateau remembers from epoch to epoch.
///
/// Source: PyTorch's ReduceLROnPlateau with `threshold_mode="rel"`, its `eps` of 1e-8 included.
package struct Plateau: Sendable, Equatable {
    package var rate: Double
    package var best: Double?
    /// Epochs in a row that were no better than the best.
    package var badEpochs = 0
    package var cooldownLeft = 0

    package init(rate: Double) { self.rate = rate }

    fileprivate mutating func take(_ value: Double?, higherIsBetter: Bool, _ rule: ScheduleSpec.ReduceOnPlateau) {
        if let value, isBetter(value, higherIsBetter, rule.threshold) {
            best = value
            badEpochs = 0
        } else {
            badEpochs += 1
        }
        if cooldownLeft > 0 {
            cooldownLeft -= 1
            badEpochs = 0
        }
        guard badEpochs > rule.patience else { return }
        let lower = max(rate * rule.factor, rule.minimum)
        if rate - lower > 1e-8 { rate = lower }
        cooldownLeft = rule.cooldown
        badEpochs = 0
    }

    private func isBetter(_ value: Double, _ higherIsBetter: Bool, _ threshold: Double) -> Bool {
        guard let best else { return true }
        return higherIsBetter ? value > best * (1 + threshold) : value < best * (1 - threshold)
    }
}
