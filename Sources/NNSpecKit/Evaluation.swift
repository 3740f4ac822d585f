import Artifacts
import Datasets
import Diagnostics
import SpecLanguage
import Training

/// `nnspec evaluate`: the metrics of a trained model on a file.
public enum Evaluation {
    /// - Parameters:
    ///   - run: a run folder or a weights file.
    ///   - data: a CSV file with the target; nil takes the parts of the run's own spec.
    public static func run(_ run: String, data: String?, sink: DiagnosticSink) throws(Stopped) -> [PartEvaluation] {
        let model = try RunModel.read(run, sink: sink)
        guard let data else {
            let project = try Project.load(path: run + "/spec.resolved.yaml", sink: sink)
            let setup = try project.setup(sink: sink)
            return try Inference(model, of: setup, sink: sink).evaluate(
                [("train", setup.data.train), ("validation", setup.data.validation), ("test", setup.data.test)].compactMap { name, part in
                    part.map { (name, $0) }
                }, trainedOn: setup.data.train, metrics: setup.metrics, sink: sink)
        }
        let encoded = try DataEncoding.encode(
            path: data, preprocessing: model.preprocessing, target: model.target, task: model.task,
            precision: model.precision, sink: sink)
        return try Inference(model, sink: sink).evaluate([("data", encoded.part)], trainedOn: encoded.part, metrics: nil, sink: sink)
    }
}
