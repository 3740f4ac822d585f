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

/// `nnspec predict`: CSV in, CSV out.
public enum Prediction {
    /// Regression: a column per target, named like it. Classes: the target's column with the class name, then `p.<class>` each.
    public static func run(_ run: String, file: String, sink: DiagnosticSink) throws(Stopped) -> String {
        let model = try RunModel.read(run, sink: sink)
        let encoded = try DataEncoding.encode(
            path: file, preprocessing: model.preprocessing, target: nil, task: model.task,
            precision: model.precision, sink: sink)
        let extra = encoded.extraColumns.filter { !model.target.names.contains($0) }
        if !extra.isEmpty { sink.emit(.extraColumns(extra, in: file)) }
        let outputs = try Inference(model, sink: sink).outputs(encoded.part.inputs, sink: sink)
        return table(outputs, rows: encoded.part.rows, model)
    }

    private static func table(_ outputs: [Double], rows: Int, _ model: TrainedModel) -> String {
        func text(_ value: Double) -> String { model.precision == .float32 ? Float(value).description : value.description }
        var lines: [String] = []
        switch model.target {
        case .values(let names, _, _):
            lines.append(names.map(csvField).joined(separator: ","))
            for row in 0..<rows {
                lines.append(names.indices.map { text(outputs[row * names.count + $0]) }.joined(separator: ","))
            }
        case .classes(let name, let classes):
            lines.append(([name] + classes.map { "p.\($0)" }).map(csvField).joined(separator: ","))
            for row in 0..<rows {
                let probabilities =
                    model.task == .binary
                    ? [1 - outputs[row], outputs[row]] : (0..<classes.count).map { outputs[row * classes.count + $0] }
                let best =
                    model.task == .binary
                    ? (outputs[row] > 0.5 ? 1 : 0) : probabilities.indices.reduce(0) { probabilities[$1] > probabilities[$0] ? $1 : $0 }
                lines.append(([csvField(classes[best])] + probabilities.map(text)).joined(separator: ","))
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func csvField(_ text: String) -> String {
        let special: Set<Character> = [",", "\"", "\n", "\r", "\r\n"]
        guard text.contains(where: { special.contains($0) }) || text.first == " " || text.last == " " || text.isEmpty else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}

/// `nnspec inspect`: what a weights file holds.
public enum Inspection {
    public static func run(_ path: String, sink: DiagnosticSink) throws(Stopped) -> String {
        let model = try WeightsFile.read(path: path, sink: sink)
        var lines = [
            "task: \(model.task.rawValue), loss \(model.loss), \(model.precision.rawValue)", "target: \(model.target.names.joined(separator: ", "))",
        ]
        if case .classes(_, let classes) = model.target { lines.append("classes: \(classes.joined(separator: ", "))") }
        lines.append("network: \(model.network.outline), \(model.network.parameterCount) parameters")
        lines.append("features:")
        for feature in model.preprocessing.features {
            switch feature.kind {
            case .number(let normalize, let center, let scale, let fill):
                lines.append(
                    "  \(feature.name): number, \(normalize.rawValue), center \(center), scale \(scale)" + (fill.map { ", missing is \($0)" } ?? ""))
            case .category(let categories, let unseen, _):
                lines.append("  \(feature.name): category (\(categories.joined(separator: ", "))), unseen: \(unseen.rawValue)")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension Diagnostic {
    static func extraColumns(_ names: [String], in file: String) -> Diagnostic {
        let shown = names.prefix(10).joined(separator: ", ") + (names.count > 10 ? " and \(names.count - 10) more" : "")
        return Diagnostic("N1001", "\(file) has columns that the model does not use, they are ignored: \(shown)")
    }
}
