import Diagnostics
import SpecLanguage

/// Where rows of the training file stand in it: for a message after the training, when its table is long gone.
public enum RowPlaces {
    /// "lines 2, 5, 6 of iris.csv"; the first few, and how many more there are. Opens and reads the file again, and nil if that fails.
    ///
    /// - Parameter rows: numbers among the data rows of the file, from 0.
    public static func words(_ rows: [Int32], of spec: Spec) -> String? {
        let shown = 12
        let sources = DataFiles.open(spec.data, threads: 1, sink: DiagnosticSink())
        guard let source = sources.first(where: { $0.part == 0 })?.source, let largest = rows.max(),
            let table = try? source.read([], threads: 1, at: nil, sink: DiagnosticSink()), Int(largest) < table.rows
        else { return nil }
        let numbers = rows.prefix(shown).map { "\(table.line(ofRow: Int($0)))" }
        let rest = rows.count > shown ? " and \(rows.count - shown) more" : ""
        return "\(source.unit.rawValue)\(rows.count == 1 ? "" : "s") \(numbers.joined(separator: ", "))\(rest) of \(source.name)"
    }
}
