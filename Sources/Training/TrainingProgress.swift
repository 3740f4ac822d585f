/// All of a run that moves from epoch to epoch beside weights, optimizer state and the best weights: plain values, so that they can be kept and
/// taken up again.
package struct TrainingProgress: Sendable {
    /// The best epoch so far by the monitor.
    package struct Best: Sendable, Equatable {
        /// From 1; 0 before the first.
        package var epoch = 0
        /// nil while the monitor was undefined.
        package var value: Double?
        package init() {}
    }

    /// Epochs done; their rows of metrics.csv.
    package var epochs: [EpochRecord] = []
    package var best = Best()
    package var plateau: Plateau
    package var stopping = EarlyStopping.State()
    /// The epochs in which a number was not finite any more and the learning rate was halved, one entry each time.
    package var halvings: [Int] = []
    /// A training that needs more does not suffer from its rate.
    package static let halvingLimit = 30
    /// Halvings in a row in one epoch after which the training starts anew.
    package static let triesOfAnEpoch = 5
    /// nil while it goes on.
    package var stopReason: StopReason?

    /// What the halvings make of a learning rate; exact.
    package var rateFactor: Double { halvings.reduce(1) { factor, _ in factor / 2 } }

    package init(plateau: Plateau) { self.plateau = plateau }
}
