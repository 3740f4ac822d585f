import Artifacts
import Datasets
import Diagnostics
import SpecLanguage
import Training

/// `nnspec evaluate`: the metrics of a trained model on a file.
public enum Evaluation {
    /// - Parameters:
    ///   - run: a run folder or a weights file.
    ///   - data: a file with the target; nil takes the parts of the run's own spec.
    public static func run(_ run: String, data: ModelFile?, sink: DiagnosticSink) throws(Stopped) -> [PartEvaluation] {
        let folder = run
        let run = try RunModel.read(run, sink: sink)
        let model = run.model
        guard let data else {
            guard let spec = run.project?.spec else { throw sink.fail(.weightsAlone()) }
            // The run's own parts, encoded by what the model holds: nothing is fitted anew.
            let digests = DigestsInBackground(of: spec)
            let prepared = try DataPreparation.prepare(spec, as: (model.task, model.preprocessing, model.target), sink: sink)
            let setup = try TrainingSetup(spec, prepared, sink: sink)
            if let trained = RunEnvironment.dataDigests(ofRun: folder) {
                for (file, digest) in zip(digests.wait(), trained) where digest != nil && file.digest != digest {
                    sink.emit(.otherData(file.file, run: folder))
                }
            }
            return try Inference(model, of: setup, sink: sink).evaluate(
                [("train", prepared.train), ("validation", prepared.validation), ("test", prepared.test)].compactMap { name, part in
                    part.map { (name, $0) }
                }, trainedOn: prepared.train, metrics: setup.metrics, sink: sink)
        }
        var rows = try EncodedRows(
            data.input, preprocessing: model.preprocessing, target: model.target, weight: model.sampleWeight,
            precision: model.precision, comparesDistributions: model.loss == "kl_divergence", sink: sink)
        let inference = try Inference(model, loss: try run.loss(sink: sink), weighsRows: rows.hasWeights, sink: sink)
        var named: [String]?
        if case .named(let names)? = run.project?.spec.metrics.value { named = names.map(\.value) }
        let result = try inference.evaluate("data", metrics: named, sink: sink) { () throws(Stopped) in try rows.next(sink: sink) }
        rows.emitNotes(sink: sink)
        if !rows.extraColumns.isEmpty { sink.emit(.extraColumns(rows.extraColumns, in: rows.name)) }
        return [result]
    }
}

extension Diagnostic {
    static func otherData(_ file: String, run: String) -> Diagnostic {
        Diagnostic(
            "W1973", "data file \(file) is no longer the one that \(run) was trained on",
            notes: ["rows on which the network was trained may now be among those that are measured as validation or test"],
            fix: "train again, bring the file back, or measure new rows with `--data FILE`")
    }

    static func weightsAlone() -> Diagnostic {
        Diagnostic(
            "E4012", "a weights file alone does not say which data to measure on", fix: "name the run folder, or add `--data FILE`")
    }
}
