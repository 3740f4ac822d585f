import SpecLanguage

/// Stops a training that no longer gets better: after max(patience, 1) epochs in a row whose monitored value is not better than that of the last
/// improvement by more than min_delta. An equal value is no improvement, and neither is an undefined one.
package struct EarlyStopping: Sendable {
    /// All that it remembers from epoch to epoch.
    package struct State: Sendable, Equatable {
        /// The value of the last improvement; nil before the first value.
        package var best: Double?
        package var epochsWithout = 0
        package init() {}
    }

    package let patience: Int
    package let minDelta: Double
    package let higherIsBetter: Bool

    package init(patience: Int, minDelta: Double, higherIsBetter: Bool) {
        self.patience = patience
        self.minDelta = minDelta
        self.higherIsBetter = higherIsBetter
    }

    /// Takes the value of an epoch and says whether that epoch was the last.
    package func epochDidEnd(_ value: Double?, _ state: inout State) -> Bool {
        if let value, isImprovement(value, on: state.best) {
            state.best = value
            state.epochsWithout = 0
            return false
        }
        state.epochsWithout += 1
        return state.epochsWithout >= max(patience, 1)
    }

    private func isImprovement(_ value: Double, on best: Double?) -> Bool {
        guard let best else { return true }
        return higherIsBetter ? value > best + minDelta : value < best - minDelta
    }
}
