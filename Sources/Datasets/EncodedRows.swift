import Diagnostics
import SpecLanguage

/// The rows of a file, encoded by what a trained model holds, some at a time: for predict, which needs none of them twice.
///
/// A mistake in the file is found when its lines are reached; what was given before stands. Messages count what is wrong in the lines that
/// were read together.
///
/// Memory: for a window of w bytes, w for the bytes, at most 8 per byte for the columns and 4 or 8 per matrix element; nothing grows with the
/// file.
public struct EncodedRows {
    private let windows: FileWindows
    private let preprocessing: Preprocessing
    private let precision: TrainingSpec.Precision
    private let requests: [ColumnRequest]
    private var source: CSVSource
    /// A window that has been opened and not read.
    private var pending: DataFile?
    private var rows = 0
    private var fillCounts: [Int]
    private var others: [Others?]
    /// Columns that no feature uses.
    public let extraColumns: [String]

    /// Values taken as none of the known categories.
    private struct Others {
        var count: Int
        let message: (Int) -> Diagnostic
    }

    /// Opens a file and reads its header. Columns are found by name, in any order.
    ///
    /// - Parameter windowByteCount: bytes that are read together.
    /// Errors: E1xxx, naming the file.
    public init(
        path: String, preprocessing: Preprocessing, precision: TrainingSpec.Precision, windowByteCount: Int = 8 << 20, sink: DiagnosticSink
    ) throws(Stopped) {
        windows = try FileWindows(path, byteCount: windowByteCount, sink: sink)
        self.preprocessing = preprocessing
        self.precision = precision
        let options = DataEncoding.options(preprocessing.csv, path)
        var file: DataFile?
        while file == nil {
            guard let next = try windows.next(sink: sink) else { throw Stopped() }
            // A header that does not end here is looked for in a larger window.
            file = windows.isAtEnd || CSVSource.hasHeader(next, options) ? next : windows.giveBack(next, from: 0)
        }
        guard let file else { throw Stopped() }
        source = try CSVSource(file, options: options, for: .trainedModel, at: nil, sink: sink)
        (requests, extraColumns) = try DataEncoding.requests(source, preprocessing.features, nil, sink: sink)
        pending = file
        fillCounts = Array(repeating: 0, count: preprocessing.features.count)
        others = Array(repeating: nil, count: preprocessing.features.count)
    }

    /// The next rows; nil behind the last. Errors: E1xxx, E3902.
    public mutating func next(sink: DiagnosticSink) throws(Stopped) -> Part? {
        let sink = sink.stage()
        while true {
            if pending == nil {
                guard let file = try windows.next(sink: sink) else { break }
                (pending, source) = (file, source.continued(in: file))
            }
            guard let file = pending else { break }
            guard let reading = source.reading(requests) else { throw sink.fail(.noMemoryForData(file)) }
            if case .unclosedQuote = reading.mistake, !windows.isAtEnd {
                // The quote may be closed behind the window: its record is read again with the next one.
                pending = windows.giveBack(file, from: reading.mistakenRecord)
                if let pending { source = source.shortened(to: pending) }
                continue
            }
            pending = nil
            let count = try source.check(reading, sink: sink)
            guard count > 0 else { continue }
            rows += count
            return try encode(reading.table(threads: Team.coreCount), sink: sink)
        }
        if rows == 0 { throw sink.fail(.noRows(source, at: nil)) }
        return nil
    }

    private mutating func encode(_ table: DataTable, sink: DiagnosticSink) throws(Stopped) -> Part {
        let transforms = preprocessing.features
        try TableChecks.check(table, precision: precision, missing: { DataEncoding.missing(transforms, $0) }, sink: sink)
        var encoding = PartEncoding(table: table, precision: precision, comparesDistributions: false, sink: sink)
        encoding.tellsOfOthers = false
        let rows = (0..<Int32(table.rows)).map { $0 }
        let part = try encoding.encode(transforms, nil, rows: rows)
        for (index, count) in encoding.fillCounts(transforms, rows: rows).enumerated() { fillCounts[index] += count }
        for (index, transform) in transforms.enumerated() {
            guard case .category(let known, .other, let fill) = transform.kind else { continue }
            let unknown = encoding.oneHot(table.columns[index], known, fill, rows).unknown
            guard let first = unknown.rows.first else { continue }
            let message = others[index]?.message ?? Diagnostic.categoriesAsOther(table, table.columns[index], first: first)
            others[index] = Others(count: (others[index]?.count ?? 0) + unknown.count, message: message)
        }
        return part
    }

    /// Tells of all rows together what is told without stopping: gaps that were filled, categories that are none of the known ones.
    public func emitNotes(sink: DiagnosticSink) {
        for case let other? in others { sink.emit(other.message(other.count)) }
        PartEncoding.noteFills(preprocessing.features, counts: fillCounts, file: source.file.name, sink: sink)
    }
}
