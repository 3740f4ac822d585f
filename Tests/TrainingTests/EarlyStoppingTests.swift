import SpecLanguage
import Testing
import Training

@Suite struct EarlyStoppingTests {
    /// The epoch, from 1, after which it stops; nil: none of these.
    private func stop(_ values: [Double?], patience: Int, minDelta: Double = 0, higherIsBetter: Bool = false) -> Int? {
        let rule = EarlyStopping(patience: patience, minDelta: minDelta, higherIsBetter: higherIsBetter)
        var state = EarlyStopping.State()
        return values.firstIndex { rule.epochDidEnd($0, &state) }.map { $0 + 1 }
    }

    @Test func patienceCountsEpochsWithoutAnImprovement() {
        let values: [Double?] = [3, 2, 1, 5, 5, 5, 5]
        #expect(stop(values, patience: 1) == 4)
        #expect(stop(values, patience: 2) == 5)
        #expect(stop(values, patience: 4) == 7)
        #expect(stop(values, patience: 5) == nil)
        // 0 is 1: the first epoch without an improvement is the last.
        #expect(stop(values, patience: 0) == 4)
    }

    @Test func anImprovementBeginsTheCountAnew() { #expect(stop([3, 4, 2, 4, 4, 1, 4, 4, 4], patience: 3) == 9) }

    @Test func anEqualValueIsNone() {
        #expect(stop([1, 1, 1], patience: 2) == 3)
        #expect(stop([1, 1, 1], patience: 2, higherIsBetter: true) == 3)
    }

    /// It must be better by more than min_delta than the value of the last improvement, not than that of the epoch before.
    @Test func minDelta() {
        #expect(stop([1, 0.75, 0.5], patience: 1, minDelta: 0.25) == 2)
        #expect(stop([1, 0.74, 0.48], patience: 1, minDelta: 0.25) == nil)
        #expect(stop([1, 0.9, 0.8, 0.7, 0.6], patience: 3, minDelta: 0.25) == nil)
        #expect(stop([1, 0.9, 0.8, 0.76, 0.75], patience: 3, minDelta: 0.25) == 4)
    }

    @Test func theOtherDirection() {
        #expect(stop([0.5, 0.6, 0.7, 0.8], patience: 1, higherIsBetter: true) == nil)
        #expect(stop([0.5, 0.6, 0.7, 0.8], patience: 1) == 2)
        #expect(stop([0.5, 0.75, 1], patience: 1, minDelta: 0.25, higherIsBetter: true) == 2)
    }

    @Test func anUndefinedValueIsNoImprovement() {
        #expect(stop([nil, nil, nil], patience: 3) == 3)
        #expect(stop([1, nil, 0.5, nil, nil], patience: 2) == 5)
        // The first value there is is one.
        #expect(stop([nil, 7, 6, 5], patience: 2) == nil)
    }

    /// Where nothing is said about the mode, the metric says which way is better.
    @Test func directions() {
        func higher(_ monitor: String, _ mode: EarlyStoppingSpec.Mode = .auto) -> Bool {
            EarlyStoppingSpec(monitor: Sourced(monitor), patience: 1, minDelta: 0, mode: Sourced(mode)).higherIsBetter
        }
        let lower: Set<Metric> = [.log_loss, .brier, .mse, .rmse, .mae, .median_ae, .mape, .max_error]
        for metric in Metric.allCases { #expect(higher("validation.\(metric.rawValue)") == !lower.contains(metric), "\(metric)") }
        #expect(!higher("validation.loss") && !higher("train.loss"))
        #expect(higher("validation.loss", .max) && !higher("validation.accuracy", .min))
    }
}
