import Diagnostics
import SpecLanguage

/// The rows of a file, encoded by what a trained model holds, some at a time: for predict, which needs none of them twice.
///
/// A mistake in the file is found when its lines are reached; what was given before stands. Messages count what is wrong in the lines that
/// were read together.
///
/// Memory: of CSV and JSON lines, gzipped or not, or from a pipe, for a window of w bytes w for the bytes, at most 8 per byte for the columns and
/// 4 or 8 per matrix element; nothing grows with the file. JSON lines whose texts are kept, and other formats, are read as a whole, array files
/// without being copied, and encoded some rows at a time.
public struct EncodedRows {
    private let preprocessing: Preprocessing
    private let precision: TrainingSpec.Precision
    private let requests: [ColumnRequest]
    private let rowsInOrder: RowsInOrder
    private var rows = 0
    private var fillCounts: [Int]
    private var others: [Others?]
    /// As messages call the file.
    public let name: String
    /// Columns that no feature uses; of JSON lines all of them are known behind the last row only.
    public private(set) var extraColumns: [String]
    /// All columns of the file in its order; empty unless they are kept.
    package let keptNames: [String]
    /// Their texts as they stand in the file, for the rows given last.
    package private(set) var kept: [TableColumn] = []

    /// Values taken as none of the known categories.
    private struct Others {
        var count: Int
        let message: (Int) -> Diagnostic
    }

    /// Opens a file and reads its header. Columns are found by name, in any order; the numbers of arrays are taken in order.
    ///
    /// - Parameters:
    ///   - keepsTexts: whether the texts of all columns are wanted beside the encoded rows. Memory: they take 4 bytes per row, and each different
    ///     text once.
    ///   - windowByteCount: bytes that are read together.
    /// Errors: E1xxx, naming the file.
    public init(
        _ input: ModelInput, preprocessing: Preprocessing, precision: TrainingSpec.Precision, keepsTexts: Bool = false,
        windowByteCount: Int = 8 << 20,
        sink: DiagnosticSink
    ) throws(Stopped) {
        self.preprocessing = preprocessing
        self.precision = precision
        let request = input.request(preprocessing)
        let source: any TableSource
        if [.csv, .tsv].contains(request.resolvedFormat) {
            let windows = try WindowedRows(request, windowByteCount: windowByteCount, sink: sink)
            (source, rowsInOrder) = (windows.source, windows)
        } else if request.resolvedFormat == .jsonl, !keepsTexts {
            let windows = try WindowedLines(request, names: preprocessing.features.map(\.name), windowByteCount: windowByteCount, sink: sink)
            (source, rowsInOrder) = (windows.source, windows)
        } else {
            source = try request.open(sink: sink)
            rowsInOrder = WholeRows(source, rowCount: max(1, windowByteCount / (8 * max(1, preprocessing.features.count))))
        }
        name = source.name
        let (own, extra) = try DataEncoding.requests(source, preprocessing.features, nil, sink: sink)
        keptNames = keepsTexts ? source.columns : []
        extraColumns = extra
        requests = own + keptNames.enumerated().map { ColumnRequest(index: $0, name: $1, mode: .category, missingValues: []) }
        fillCounts = Array(repeating: 0, count: preprocessing.features.count)
        others = Array(repeating: nil, count: preprocessing.features.count)
    }

    /// The next rows; nil behind the last. Errors: E1xxx, E3902.
    public mutating func next(sink: DiagnosticSink) throws(Stopped) -> Part? {
        let sink = sink.stage()
        guard let (table, rows) = try rowsInOrder.next(requests, sink: sink) else {
            if self.rows == 0 { throw sink.fail(.noRows(rowsInOrder.source, at: nil)) }
            let names = preprocessing.features.map(\.name)
            if let columns = try rowsInOrder.columnsAtEnd(names, sink: sink) {
                let used = TextTable(names)
                extraColumns = columns.filter { used.number(of: $0) == nil }
            }
            return nil
        }
        self.rows += rows.count
        kept = Array(table.columns.dropFirst(preprocessing.features.count))
        return try encode(table, rows: Array(rows), sink: sink)
    }

    private mutating func encode(_ table: DataTable, rows: [Int32], sink: DiagnosticSink) throws(Stopped) -> Part {
        let transforms = preprocessing.features
        if rows.first == 0 {
            try TableChecks.check(
                table, precision: precision, missing: { $0 < transforms.count ? DataEncoding.missing(transforms, $0) : .filled }, sink: sink)
        }
        var encoding = PartEncoding(table: table, precision: precision, comparesDistributions: false, sink: sink)
        encoding.tellsOfOthers = false
        let part = try encoding.encode(transforms, nil, rows: rows)
        for (index, count) in encoding.fillCounts(transforms, rows: rows).enumerated() { fillCounts[index] += count }
        for (index, transform) in transforms.enumerated() {
            guard let known = transform.categoriesBesideOthers else { continue }
            let unknown = encoding.unknown(table.columns[index], known, rows)
            guard let first = unknown.rows.first else { continue }
            let message = others[index]?.message ?? Diagnostic.categoriesAsOther(table, table.columns[index], first: first)
            others[index] = Others(count: (others[index]?.count ?? 0) + unknown.count, message: message)
        }
        return part
    }

    /// Tells of all rows together what is told without stopping: gaps that were filled, categories that are none of the known ones.
    public func emitNotes(sink: DiagnosticSink) {
        for case let other? in others { sink.emit(other.message(other.count)) }
        PartEncoding.noteFills(preprocessing.features, counts: fillCounts, file: name, sink: sink)
    }
}
