import Compiler
import Datasets
import Diagnostics
import Execution
import IR
import SpecLanguage

/// What is left when the epochs are over: the weights kept, and what they reach.
extension Trainer {
    /// Takes the weights of the best epoch where `keep: best` holds, whatever ended the training, and measures them.
    ///
    /// Errors: no memory for a copy of the weights.
    public func finish() throws(Stopped) -> (model: TrainedModel, record: TrainingRecord) {
        if let best {
            if progress.best.value != nil {
                executor.write(.parameters, from: best)
            } else if progress.epochs.last != nil {
                sink.emit(.nothingToChooseBy(setup.spec.training.monitor.value, at: setup.spec.training.monitor.range))
            }
        }
        if !progress.halvings.isEmpty { sink.emit(.rateHalved(progress, at: setup.spec.training.onNonfinite.range)) }
        let evaluations = evaluations()
        if let convergence, progress.stopReason == .converged {
            let isGuess = evaluations.first?.isNoBetterThanGuessing ?? false
            sink.emit(.converged(convergence, epoch: progress.epochs.count, isGuess: isGuess, at: setup.spec.optimizer.type.range))
        }
        let record = record(evaluations)
        return (try model(), record)
    }

    /// The epochs so far. - Parameter evaluations: of the weights kept.
    package func record(_ evaluations: [PartEvaluation] = []) -> TrainingRecord {
        var bestEpoch = progress.best.epoch
        if best != nil, progress.best.value == nil { bestEpoch = progress.epochs.last?.epoch ?? 0 }
        return TrainingRecord(
            metricNames: setup.metrics, hasValidation: setup.data.validation != nil, epochs: progress.epochs, bestEpoch: bestEpoch,
            stopReason: progress.stopReason ?? .epochs, evaluations: evaluations, halvings: progress.halvings)
    }

    private func evaluations() -> [PartEvaluation] {
        ([("train", train)] + others).map { name, memory in
            let (loss, values) = evaluator.evaluate(memory, metrics: metrics)
            let pairs = zip(setup.metrics, values).map { (name: $0, value: $1) }
            for (metric, value) in zip(metrics, values) where value == nil {
                let why = setup.hindrance(of: metric, in: memory.part) ?? metric.commonHindrance
                sink.emit(.undefinedMetric("\(name).\(metric.rawValue)", why: why))
            }
            return PartEvaluation(
                part: name, rows: memory.rows.count, loss: loss, metrics: pairs,
                baseline: Baseline.of(memory.part, trainedOn: setup.data.train), rowsDigest: memory.part.rowsDigest)
        }
    }

    private func model() throws(Stopped) -> TrainedModel {
        var layers: [TrainedLayer] = []
        for layer in setup.network.layers {
            switch layer.kind {
            case .dropout: continue
            case .activation(let name):
                layers.append(TrainedLayer(name: layer.name, type: "activation", activation: name, weight: nil, bias: nil))
            case .dense(let dense):
                layers.append(
                    TrainedLayer(
                        name: layer.name, type: "dense", activation: dense.activation,
                        weight: try matrix("\(layer.name).weight", dense.inputs, dense.units),
                        bias: dense.hasBias ? try matrix("\(layer.name).bias", 1, dense.units) : nil))
            }
        }
        return TrainedModel(
            task: setup.data.task, precision: setup.spec.training.precision.value, loss: setup.network.loss.name,
            preprocessing: setup.data.preprocessing, target: setup.data.target, sampleWeight: setup.spec.data.sampleWeight?.value,
            layers: layers)
    }

    private func matrix(_ name: String, _ rows: Int, _ columns: Int) throws(Stopped) -> Matrix {
        guard let id = executor.plan.buffer(named: name) else { preconditionFailure("no parameter \(name)") }
        guard
            let copy = Matrix(
                rows: rows, columns: columns, precision: setup.spec.training.precision.value, fill: { executor.read(id, into: $0) })
        else { throw sink.fail(.noMemory(setup.totalByteCount)) }
        return copy
    }
}
