import Datasets
import IR

/// The memory of a run, known before it begins: what `plan` prints and --max-memory compares with.
extension TrainingSetup {
    /// Bytes by kind. The last is needed before the others but the data set, and given back.
    public var byteCounts: [(name: String, bytes: Int)] {
        let parameters = plan.byteCount(.parameters)
        var counts: [(name: String, bytes: Int)] = [
            ("parameters", parameters), ("best weights", keepsBest ? parameters : 0), ("copy of the weights to write", parameters),
            ("optimizer state", plan.byteCount(.state)), ("last good state", parameters + plan.byteCount(.state)),
            ("batch", plan.byteCount(.batch) + inferencePlan.byteCount(.batch)),
            ("activations and gradients", plan.byteCount(.arena) + inferencePlan.byteCount(.arena)),
            ("blocks of products", teamSize * (plan.workspaceByteCount + inferencePlan.workspaceByteCount)),
            ("predictions", predictionByteCount), ("data set", dataByteCount), ("reading the data", data.readingByteCount),
        ]
        if rule.optimizer == nil { counts.insert(("vectors of the line search", LimitedMemoryOptimizer.byteCount(plan)), at: 6) }
        guard let folds = allFolds else { return counts }
        // The weights of all folds are written together.
        return counts.enumerated().map { (name: $1.name, bytes: $1.bytes * ($0 == 2 ? max(folds, foldsAtOnce) : foldsAtOnce)) }
    }

    /// How many there are, where each is trained; nil: one training.
    package var allFolds: Int? { spec.data.folds.flatMap { $0.fold == nil ? $0.count.value : nil } }

    /// Small networks leave a team of threads nothing to share; then each thread has a fold of its own.
    package var foldsAtOnce: Int { foldsTrainedAtOnce(threads: threadCount) }

    package func foldsTrainedAtOnce(threads: Int) -> Int {
        guard let allFolds else { return 1 }
        return plan.wantsTeam || inferencePlan.wantsTeam ? 1 : min(allFolds, threads)
    }

    /// At the peak: the data set, and reading it or all the rest, whichever is more.
    public var totalByteCount: Int {
        let all = byteCounts.reduce(0) { $0 + $1.bytes }
        let (sets, reading) = (dataByteCount * foldsAtOnce, data.readingByteCount * foldsAtOnce)
        return sets + max(all - sets - reading, reading)
    }

    private var parts: [Part] { [data.train, data.validation, data.test].compactMap { $0 } }

    /// Threads at most, where there is work for more than one.
    private var teamSize: Int {
        plan.wantsTeam || inferencePlan.wantsTeam ? threadCount : 1
    }

    private var threadCount: Int { max(1, min(threads ?? spec.training.threads.value ?? Team.coreCount, Team.coreCount)) }

    /// Inputs, targets as read and as the loss wants them, row weights, and the numbers of the rows: in the file, in order and shuffled.
    private var dataByteCount: Int {
        let target = network.loss.usesClassNumbers ? 8 : 2 * network.outputWidth * precision.byteCount
        let weights = (hasRowWeights ? precision.byteCount : 0) + (data.train.weights == nil ? 0 : 8)
        return parts.reduce(data.train.rows * 4) { $0 + $1.rows * (network.inputWidth * precision.byteCount + target + weights + 8) }
    }

    /// Outputs of the largest part in Double, and what the metrics make of them: the predicted classes and one class's outputs in order, or of
    /// one target the true values, the errors and two deviations.
    private var predictionByteCount: Int {
        let measured = if case .classes = data.target { 4 + 8 } else { 4 * 8 }
        return (parts.map(\.rows).max() ?? 0) * (network.outputWidth * 8 + measured)
    }
}
