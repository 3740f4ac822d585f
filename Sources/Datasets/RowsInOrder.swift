import Diagnostics

/// The rows of a file, some at a time.
protocol RowsInOrder: AnyObject {
    var source: any TableSource { get }

    /// A table and those of its rows that come next; nil behind the last. A table is given again until all of its rows were.
    func next(_ requests: [ColumnRequest], sink: DiagnosticSink) throws(Stopped) -> (table: DataTable, rows: Range<Int32>)?
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
