import Artifacts
import Compiler
import Datasets
import Diagnostics
import SpecLanguage
import Training

/// `nnspec predict`: rows of a file in, a table out, some rows at a time, so that a file may be larger than memory.
///
/// Regression: a column per target, named like it. Classes: the target's column with the class name, then `p.<class>` each. Labels: a column per
/// target with 1 or 0, then `p.<target>` each.
public enum Prediction {
    public enum Form: Sendable {
        /// A header and a line per row (RFC 4180, lines ended by LF).
        case csv
        /// A list with one object per row.
        case json
        /// An object on each line.
        case jsonl
    }

    /// What is printed, and how.
    public struct Options: Sendable {
        public var form: Form
        /// The columns `p.<class>` alone, without the decision.
        public var onlyProbabilities: Bool
        /// The file's own columns in front; a target's column is called `<target>.predicted` where the file has one of its name.
        public var appends: Bool

        public init(_ form: Form = .csv, onlyProbabilities: Bool = false, appends: Bool = false) {
            (self.form, self.onlyProbabilities, self.appends) = (form, onlyProbabilities, appends)
        }
    }

    /// Gives the text of the table to `write`, in order and piece by piece.
    ///
    /// A mistake far down in the file is found when it is reached, after the rows before it have been written.
    ///
    /// Errors: a weights file or data that do not fit (E1xxx), probabilities of a regression (E4025), and what `write` throws.
    public static func run(
        _ run: String, file: ModelFile, options: Options = Options(), sink: DiagnosticSink, write: (_ text: [UInt8]) throws(Stopped) -> Void
    ) throws(Stopped) {
        let model = try RunModel.read(run, sink: sink).model
        if options.onlyProbabilities, model.task == .regression { throw sink.fail(.noProbabilities(model.target.names)) }
        var rows = try EncodedRows(
            file.input, preprocessing: model.preprocessing, precision: model.precision, keepsTexts: options.appends, sink: sink)
        let inference = try Inference(model, sink: sink)
        let text = try PredictionText(model, options, kept: rows.keptNames, sink: sink)
        var isFirst = true
        while let part = try rows.next(sink: sink) {
            let outputs = try inference.outputs(part.inputs, sink: sink)
            if isFirst { try write(text.opening) }
            let first = part.rowNumbers.first.map(Int.init) ?? 0
            for piece in text.pieces(outputs, rows: part.rows, isFirst: isFirst, kept: rows.kept, first: first) { try write(piece) }
            isFirst = false
        }
        try write(text.closing)
        rows.emitNotes(sink: sink)
        let extra = rows.extraColumns.filter { !model.target.names.contains($0) && $0 != model.sampleWeight }
        if !extra.isEmpty, !options.appends { sink.emit(.extraColumns(extra, in: rows.name)) }
        if case .classes = model.target, !model.network.givesProbabilities { sink.emit(.scoresOnly()) }
    }
}

extension Diagnostic {
    static func scoresOnly() -> Diagnostic {
        Diagnostic(
            "N1003", "the model's last activation is neither softmax nor sigmoid: the columns p.<class> hold its scores, not probabilities")
    }

    static func noProbabilities(_ targets: [String]) -> Diagnostic {
        Diagnostic(
            "E4025", "`--proba` prints probabilities, and the model is a regression of \(targets.prefix(5).joined(separator: ", "))",
            fix: "leave it out")
    }

    static func extraColumns(_ names: [String], in file: String) -> Diagnostic {
        let shown = names.prefix(10).joined(separator: ", ") + (names.count > 10 ? " and \(names.count - 10) more" : "")
        return Diagnostic("N1001", "\(file) has columns that the model does not use, they are ignored: \(shown)")
    }
}
