/// All of a run that moves from epoch to epoch beside weights, optimizer state and the best weights: plain values, so that they can be kept and
/// taken up again.
package struct TrainingProgress: Sendable {
    /// The best epoch so far by the monitor.
    package struct Best: Sendable, Equatable {
        /// From 1; 0 before the first.
        package var epoch = 0
        /// nil while the monitor was undefined.
        package var value: Double?
    }

    /// Epochs done; their rows of metrics.csv.
    package var epochs: [EpochRecord] = []
    package var best = Best()
    package var plateau: Plateau
    package var stopping = EarlyStopping.State()
    /// nil while it goes on.
    package var stopReason: StopReason?

    package init(plateau: Plateau) { self.plateau = plateau }
}
