import Datasets
import Diagnostics
import SpecLanguage
import Testing

/// A file that is encoded in one window.
enum WholeFile {
    static func encode(
        _ input: ModelInput, preprocessing: Preprocessing, target: TargetEncoding?, weight: String? = nil, precision: TrainingSpec.Precision,
        comparesDistributions: Bool = false, sink: DiagnosticSink
    ) throws(Stopped) -> (part: Part, extraColumns: [String]) {
        var rows = try EncodedRows(
            input, preprocessing: preprocessing, target: target, weight: weight, precision: precision,
            comparesDistributions: comparesDistributions, windowByteCount: 4 << 20, sink: sink)
        guard let part = try rows.next(sink: sink) else { throw Stopped() }
        let rest = try rows.next(sink: sink)
        #expect(rest == nil, "the file has more than one window")
        rows.emitNotes(sink: sink)
        return (part, rows.extraColumns)
    }
}
