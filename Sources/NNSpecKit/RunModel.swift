import Artifacts
import Compiler
import Datasets
import Diagnostics
import IR
import SpecLanguage
import Training

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A trained model with the spec of its run folder; nil for a weights file alone.
struct RunModel {
    var model: TrainedModel
    let project: Project?

    /// How files are written (delimiter, decimal, ...) is no part of the weights: a run folder's own spec tells; a weights file
    /// alone means plain CSV.
    static func read(_ run: String, sink: DiagnosticSink) throws(Stopped) -> RunModel {
        var model = try WeightsFile.read(path: run, sink: sink)
        let path = run + "/spec.resolved.yaml"
        guard access(path, F_OK) == 0 else { return RunModel(model: model, project: nil) }
        let project = try Project.load(path: path, sink: sink)
        model.preprocessing.csv = DataFormat.written(project.spec.data)
        model.preprocessing.format = project.spec.data.format.value
        model.preprocessing.query = project.spec.data.query?.value
        return RunModel(model: model, project: project)
    }

    /// The loss of the run's spec with its settings (delta, smoothing), unweighted; nil where there is no spec.
    func loss(sink: DiagnosticSink) throws(Stopped) -> Loss? {
        guard let project else { return nil }
        let output: NetworkEnds.Output =
            switch model.target {
            case .classes(let name, let classes): model.task == .binary ? .binary(name: name) : .classes(name: name, count: classes.count)
            case .values(let names, _, _): .values(names: names)
            case .labels(let names): .labels(names: names)
            }
        let ends = NetworkEnds(inputWidth: model.preprocessing.width, output: output)
        return try Pipeline.resolve(project.spec, ends: ends, sink: sink).loss
    }
}
