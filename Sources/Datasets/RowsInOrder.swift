import Diagnostics
import SpecLanguage

/// The rows of a file, some at a time.
protocol RowsInOrder: AnyObject {
    var source: any TableSource { get }

    /// A table and those of its rows that come next; nil behind the last. A table is given again until all of its rows were.
    func next(_ requests: [ColumnRequest], sink: DiagnosticSink) throws(Stopped) -> (table: DataTable, rows: Range<Int32>)?

    /// Behind the last row: the columns that came on the way, where they show no sooner, of which some must have come. nil: those of `source`.
    ///
    /// Errors: E1101.
    func columnsAtEnd(_ names: [String], sink: DiagnosticSink) throws(Stopped) -> [String]?
}

extension RowsInOrder {
    func columnsAtEnd(_ names: [String], sink: DiagnosticSink) throws(Stopped) -> [String]? { nil }
}

/// A text read a window at a time.
final class WindowedRows: RowsInOrder {
    private let windows: FileWindows
    private var csv: CSVSource
    /// A window that has been opened and not read.
    private var pending: DataFile?

    var source: any TableSource { csv }

    /// Reads the header. Errors: E10xx.
    init(_ request: DataRequest, windowByteCount: Int, sink: DiagnosticSink) throws(Stopped) {
        windows = try FileWindows(request.path.value, byteCount: windowByteCount, sink: sink)
        let options = request.csvOptions
        var file: DataFile?
        while file == nil {
            guard let next = try windows.next(sink: sink) else { throw Stopped() }
            // A header that does not end here is looked for in a larger window.
            file = windows.isAtEnd || CSVSource.hasHeader(next, options) ? next : windows.giveBack(next, from: 0)
        }
        guard let file else { throw Stopped() }
        csv = try CSVSource(file, options: options, for: request.purpose, at: nil, sink: sink)
        pending = file
    }

    func next(_ requests: [ColumnRequest], sink: DiagnosticSink) throws(Stopped) -> (table: DataTable, rows: Range<Int32>)? {
        while true {
            if pending == nil {
                guard let file = try windows.next(sink: sink) else { return nil }
                (pending, csv) = (file, csv.continued(in: file))
            }
            guard let file = pending else { return nil }
            guard let reading = csv.reading(requests) else { throw sink.fail(.noMemoryForData(file)) }
            if case .unclosedQuote = reading.mistake, !windows.isAtEnd {
                // The quote may be closed behind the window: its record is read again with the next one.
                pending = windows.giveBack(file, from: reading.mistakenRecord)
                if let pending { csv = csv.shortened(to: pending) }
                continue
            }
            pending = nil
            let count = try csv.check(reading, sink: sink)
            if count > 0 { return (reading.table(threads: Team.coreCount), 0..<Int32(count)) }
        }
    }
}

/// A file of objects read a window at a time. Their names show as they come, so those that the model wants are taken for granted: where none of the
/// rows of a window has one it is missing there, and what no row of the file had is told at the end.
final class WindowedLines: RowsInOrder {
    private let windows: FileWindows
    private var lines: JSONLinesSource
    private var isRead = false
    /// Whether each column has come in any row so far.
    private var isGiven: [Bool] = []

    var source: any TableSource { lines }

    /// All names of a file, which is read through for them; nil for what can be read once only. Errors: E10xx.
    static func names(of request: DataRequest, windowByteCount: Int, sink: DiagnosticSink) throws(Stopped) -> [String]? {
        guard OpenedFile.canBeReadTwice(request.path.value) else { return nil }
        let windows = try FileWindows(request.path.value, byteCount: windowByteCount, sink: sink)
        var lines: JSONLinesSource?
        while let file = try windows.next(sink: sink) {
            if let before = lines {
                lines = try before.continued(in: file, isEnd: windows.isAtEnd, sink: sink)
            } else {
                lines = try JSONLinesSource(file, for: request.purpose, at: nil, JSONLinesSource.Stretch(isEnd: windows.isAtEnd), sink: sink)
            }
        }
        return lines?.columns ?? []
    }

    /// Reads the first window. - Parameter names: the columns that are wanted. Errors: E10xx.
    init(_ request: DataRequest, names: [String], windowByteCount: Int, sink: DiagnosticSink) throws(Stopped) {
        windows = try FileWindows(request.path.value, byteCount: windowByteCount, sink: sink)
        var first: DataFile?
        while first == nil {
            guard let next = try windows.next(sink: sink) else { throw Stopped() }
            // Blank lines alone: whether there is anything at all shows in a larger window.
            let isBlank = next.bytes.withUnsafeBufferPointer { bytes in
                bytes.dropFirst(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0).allSatisfy { [0x20, 0x09, 0x0D, 0x0A].contains($0) }
            }
            first = windows.isAtEnd || !isBlank ? next : windows.giveBack(next, from: 0)
        }
        guard let file = first else { throw Stopped() }
        // A file that is whole here is read like any other.
        let stretch = JSONLinesSource.Stretch(names: TextTable(windows.isAtEnd ? [] : names), isEnd: windows.isAtEnd)
        lines = try JSONLinesSource(file, for: request.purpose, at: nil, stretch, sink: sink)
    }

    func next(_ requests: [ColumnRequest], sink: DiagnosticSink) throws(Stopped) -> (table: DataTable, rows: Range<Int32>)? {
        while true {
            if isRead {
                guard let file = try windows.next(sink: sink) else { return nil }
                lines = try lines.continued(in: file, isEnd: windows.isAtEnd, sink: sink)
            }
            isRead = true
            isGiven += Array(repeating: false, count: lines.isGiven.count - isGiven.count)
            for index in isGiven.indices where lines.isGiven[index] { isGiven[index] = true }
            guard lines.rowCount > 0 else { continue }
            return (try lines.read(requests, at: nil, sink: sink), 0..<Int32(lines.rowCount))
        }
    }

    func columnsAtEnd(_ names: [String], sink: DiagnosticSink) throws(Stopped) -> [String]? {
        let given = zip(lines.columns, isGiven).filter(\.1).map(\.0)
        try ColumnSelection.require(names.map { Sourced($0) }, in: lines.restricted(to: given), sink: sink)
        return given
    }
}

/// A file that was opened as a whole.
final class WholeRows: RowsInOrder {
    let source: any TableSource
    private let rowCount: Int
    private var table: DataTable?
    private var done: Int32 = 0

    /// - Parameter rowCount: rows that are given together.
    init(_ source: any TableSource, rowCount: Int) {
        self.source = source
        self.rowCount = min(rowCount, Int(Int32.max))
    }

    func next(_ requests: [ColumnRequest], sink: DiagnosticSink) throws(Stopped) -> (table: DataTable, rows: Range<Int32>)? {
        if table == nil { table = try source.read(requests, at: nil, sink: sink) }
        guard let table else { return nil }
        guard Int(done) < table.rows else { return nil }
        let rows = done..<Int32(min(Int(done) + rowCount, table.rows))
        done = rows.upperBound
        return (table, rows)
    }
}
