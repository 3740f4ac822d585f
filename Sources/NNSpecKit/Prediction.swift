import Artifacts
import Compiler
import Datasets
import Diagnostics
import SpecLanguage
import Training

/// `nnspec predict`: rows of a file in, a table out, some rows at a time, so that a file may be larger than memory.
///
/// Regression: a column per target, named like it. Classes: the target's column with the class name, then `p.<class>` each.
public enum Prediction {
    public enum Form: Sendable {
        /// A header and a line per row (RFC 4180, lines ended by LF).
        case csv
        /// A list with one object per row.
        case json
    }

    /// Gives the text of the table to `write`, in order and piece by piece.
    ///
    /// A mistake far down in the file is found when it is reached, after the rows before it have been written.
    ///
    /// Errors: a weights file or data that do not fit (E1xxx), and what `write` throws.
    public static func run(
        _ run: String, file: ModelFile, form: Form, sink: DiagnosticSink, write: (_ text: [UInt8]) throws(Stopped) -> Void
    ) throws(Stopped) {
        let model = try RunModel.read(run, sink: sink).model
        var rows = try EncodedRows(file.input, preprocessing: model.preprocessing, precision: model.precision, sink: sink)
        let inference = try Inference(model, sink: sink)
        let text = PredictionText(model, form)
        var isFirst = true
        while let part = try rows.next(sink: sink) {
            let outputs = try inference.outputs(part.inputs, sink: sink)
            if isFirst { try write(text.opening) }
            for piece in text.pieces(outputs, rows: part.rows, isFirst: isFirst) { try write(piece) }
            isFirst = false
        }
        try write(text.closing)
        rows.emitNotes(sink: sink)
        let extra = rows.extraColumns.filter { !model.target.names.contains($0) }
        if !extra.isEmpty { sink.emit(.extraColumns(extra, in: rows.name)) }
        if case .classes = model.target, !model.network.givesProbabilities { sink.emit(.scoresOnly()) }
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
