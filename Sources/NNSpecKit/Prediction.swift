import Artifacts
import Compiler
import Datasets
import Diagnostics
import SpecLanguage
import Training

/// `nnspec predict`: rows of a file in, a table out.
///
/// Regression: a column per target, named like it. Classes: the target's column with the class name, then `p.<class>` each.
public struct Prediction {
    /// A cell of the table.
    public enum Value {
        case text(String)
        /// As the precision of the model writes it.
        case number(String)
    }

    public let columns: [String]
    public let rows: [[Value]]

    /// Errors: a weights file or data that do not fit (E1xxx).
    public static func run(_ run: String, file: String, sink: DiagnosticSink) throws(Stopped) -> Prediction {
        let model = try RunModel.read(run, sink: sink).model
        let encoded = try DataEncoding.encode(
            path: file, preprocessing: model.preprocessing, target: nil,
            precision: model.precision, sink: sink)
        let extra = encoded.extraColumns.filter { !model.target.names.contains($0) }
        if !extra.isEmpty { sink.emit(.extraColumns(extra, in: file)) }
        if case .classes = model.target, !model.network.givesProbabilities { sink.emit(.scoresOnly()) }
        let outputs = try Inference(model, sink: sink).outputs(encoded.part.inputs, sink: sink)
        return Prediction(outputs, rows: encoded.part.rows, model)
    }

    private init(_ outputs: [Double], rows: Int, _ model: TrainedModel) {
        func number(_ value: Double) -> Value { .number(model.precision == .float32 ? Float(value).description : value.description) }
        switch model.target {
        case .values(let names, _, _):
            columns = names
            self.rows = (0..<rows).map { row in names.indices.map { number(outputs[row * names.count + $0]) } }
        case .classes(let name, let classes):
            columns = [name] + classes.map { "p.\($0)" }
            self.rows = (0..<rows).map { row in
                let isBinary = model.task == .binary
                let probabilities = isBinary ? [1 - outputs[row], outputs[row]] : (0..<classes.count).map { outputs[row * classes.count + $0] }
                let best = probabilities.indices.reduce(0) { probabilities[$1] > probabilities[$0] ? $1 : $0 }
                return [.text(classes[best])] + probabilities.map(number)
            }
        }
    }

    /// A header and a line per row (RFC 4180, lines ended by LF).
    public var csv: String {
        let lines = rows.map { row in
            row.map { value in
                switch value {
                case .text(let text): Prediction.csvField(text)
                case .number(let text): text
                }
            }.joined(separator: ",")
        }
        return ([columns.map(Prediction.csvField).joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
    }

    /// A list with one object per row.
    public var json: String {
        let objects = rows.map { row in
            JSONText.object(
                zip(columns, row).map { name, value in
                    switch value {
                    case .text(let text): (name, JSONText.quoted(text))
                    case .number(let text): (name, JSONText.number(Double(text)))
                    }
                })
        }
        return objects.isEmpty ? "[]\n" : "[\n  " + objects.joined(separator: ",\n  ") + "\n]\n"
    }

    private static func csvField(_ text: String) -> String {
        let special: Set<Character> = [",", "\"", "\n", "\r", "\r\n"]
        guard text.contains(where: { special.contains($0) }) || text.first == " " || text.last == " " || text.isEmpty else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}

extension Diagnostic {
    static func scoresOnly() -> Diagnostic {
        Diagnostic(
            "N1003", "the model's last activation is neither softmax nor sigmoid: the columns p.<class> hold its scores, not probabilities")
    }

    static func extraColumns(_ names: [String], in file: String) -> Diagnostic {
        let shown = names.prefix(10).joined(separator: ", ") + (names.count > 10 ? " and \(names.count - 10) more" : "")
        return Diagnostic("N1001", "\(file) has columns that the model does not use, they are ignored: \(shown)")
    }
}
