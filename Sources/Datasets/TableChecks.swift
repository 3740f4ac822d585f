import Diagnostics
import SpecLanguage

/// Errors of the values of a table that show before anything is fitted.
enum TableChecks {
    /// What a missing value in a feature means.
    enum Missing {
        /// Whether it is the default, and not written.
        case error(isImplied: Bool)
        case errorWithoutFill, filled, dropped
    }

    private static let columnsShown = 10

    /// Emits one error per column, at most ten and the number of the others; then throws if there was one.
    static func check(
        _ table: DataTable, precision: TrainingSpec.Precision, missing: (Int) -> Missing, sink: DiagnosticSink
    ) throws(Stopped) {
        var count = 0
        for (index, column) in table.columns.enumerated() {
            guard let problem = problem(table, column, precision, missing(index)) else { continue }
            count += 1
            if count <= columnsShown { sink.emit(problem()) }
        }
        if count > columnsShown { sink.emit(.moreColumnsLikeThat(count - columnsShown, table)) }
        if count > 0 { throw Stopped() }
    }

    private static func problem(
        _ table: DataTable, _ column: TableColumn, _ precision: TrainingSpec.Precision, _ missing: Missing
    ) -> (() -> Diagnostic)? {
        if column.isMixed { return { .mixedColumn(table, column) } }
        // A label may be any text; whether it is to be a number is decided later.
        if column.request.mode != .label, !column.isCategory {
            if column.badNumbers.count > 0 { return { .badNumber(table, column) } }
            if precision == .float32, column.beyondFloat.count > 0 { return { .beyondPrecision(table, column, column.beyondFloat, .float32) } }
        }
        if column.request.isBoolean, let places = notBoolean(column) { return { .notABoolean(table, column, places) } }
        if column.request.isWeight, let places = SampleWeights.negative(column) { return { .negativeWeight(table, column, places) } }
        guard column.missing.count > 0 else { return nil }
        if column.request.isWeight { return { .missingWeight(table, column) } }
        if column.request.isKey { return { .missingKey(table, column) } }
        if column.request.isTarget { return { .missingTarget(table, column) } }
        switch missing {
        case .errorWithoutFill: return { .missingWithoutFill(table, column) }
        case .error where column.missing.count == table.rows: return { .noValue(table, column, rows: table.rows, part: "") }
        case .error(let isImplied): return { .missingFeature(table, column, isImplied: isImplied) }
        case .filled, .dropped: return nil
        }
    }

    /// Rows whose text is neither true nor false; nil if there are none.
    private static func notBoolean(_ column: TableColumn) -> Places? {
        let isBad = column.texts.texts.map { BooleanText.value(of: $0) == nil }
        guard isBad.contains(true) else { return nil }
        var places = Places()
        for (row, code) in column.codes.enumerated() where code >= 0 && isBad[Int(code)] { places.add(row) }
        return places.count > 0 ? places : nil
    }

    /// The rows without a gap in the columns given, with a warning on the others.
    ///
    /// - Parameter place: where the spec says that rows are dropped.
    static func completeRows(
        _ table: DataTable, columns: [TableColumn], at place: SourceRange?, sink: DiagnosticSink
    ) throws(Stopped) -> [Int32] {
        let gappy = columns.filter { $0.missing.count > 0 }
        guard !gappy.isEmpty else { return (0..<Int32(table.rows)).map { $0 } }
        let rows = (0..<Int32(table.rows)).filter { row in !gappy.contains { $0.isMissing(Int(row)) } }
        if rows.isEmpty { throw sink.fail(.noRowsLeft(table, at: place)) }
        sink.emit(.rowsDropped(table.rows - rows.count, table, columns: gappy.map(\.request.name)))
        return rows
    }

    /// Warns of categories that differ by blanks only.
    static func warnOfBlanks(_ table: DataTable, sink: DiagnosticSink) {
        for column in table.columns where column.isCategory {
            var trimmed = TextTable()
            for number in 0..<column.texts.count {
                var text = column.texts.text(number)
                let before = trimmed.count
                let found = Int(text.withUTF8 { trimmed.intern($0.trimmed) })
                if found == before { continue }
                let twin = (0..<number).first { earlier in
                    var earlierText = column.texts.text(earlier)
                    return earlierText.withUTF8 { trimmed.number(of: $0.trimmed) } == Int32(found)
                }
                sink.emit(.onlyBlanksDiffer(table, column, twin ?? 0, number))
                break
            }
        }
    }
}
