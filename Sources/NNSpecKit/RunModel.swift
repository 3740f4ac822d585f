import Artifacts
import Datasets
import Diagnostics
import SpecLanguage
import Training

/// The model of a run folder or of a weights file alone.
enum RunModel {
    /// How files are written (delimiter, decimal, ...) is no part of the weights: a run folder's own spec tells; a weights file
    /// alone means plain CSV.
    static func read(_ run: String, sink: DiagnosticSink) throws(Stopped) -> TrainedModel {
        var model = try WeightsFile.read(path: run, sink: sink)
        let unheard = DiagnosticSink()
        if let project = try? Project.load(path: run + "/spec.resolved.yaml", sink: unheard) {
            model.preprocessing.csv = DataFormat.written(project.spec.data)
        }
        return model
    }
}
