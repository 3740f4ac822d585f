import Decimals
import Diagnostics
import SpecLanguage

/// What a file is read for: it decides whether a message may advise a change of the spec.
package enum DataPurpose: Sendable {
    case training
    /// evaluate and predict: the model is what it is, only the file can change.
    case trainedModel
}

/// A data file whose header has been read; the rows come with `read`.
package struct CSVSource {
    package let file: DataFile
    package let options: CSVOptions
    let purpose: DataPurpose
    /// Column names in the order of the file.
    package let columns: [String]
    /// The header was read from the file, not made up.
    let hasHeader: Bool
    private let bodyStart: Int

    /// Reads the header. Errors: E10xx (no header, a name twice, no rows at all).
    package init(
        _ file: DataFile, options: CSVOptions, for purpose: DataPurpose = .training, at place: SourceRange?, sink: DiagnosticSink
    ) throws(Stopped) {
        self.file = file
        self.options = options
        self.purpose = purpose
        hasHeader = options.header
        let (outcome, fields, fieldCount, next) = file.bytes.withUnsafeBufferPointer { bytes in
            var scanner = CSVScanner(bytes, options: options)
            return (scanner.next(), scanner.fields, scanner.fieldCount, scanner.offset)
        }
        switch outcome {
        case .record: break
        case .end: throw sink.fail(.onlyComments(file, at: place))
        case .unclosedQuote(let offset): throw sink.fail(.unclosedQuote(file, offset))
        case .textAfterQuote(let offset): throw sink.fail(.textAfterQuote(file, offset))
        }
        guard fieldCount == fields.count else { throw sink.fail(.tooManyColumns(file, fieldCount, purpose, at: place)) }
        guard options.header else {
            columns = fields.indices.map { "c\($0)" }
            bodyStart = 0
            return
        }
        columns = CSVSource.texts(of: fields, in: file)
        bodyStart = next
        var seen: [String: Int] = [:]
        for (index, name) in columns.enumerated() {
            if let first = seen[name] {
                let ranges = [first, index].map { file.range(fields[$0].start, fields[$0].end) }
                sink.emit(.duplicateColumn(name, positions: (first + 1, index + 1), ranges: (ranges[0], ranges[1])))
                throw Stopped()
            }
            seen[name] = index
        }
    }

    /// Texts of fields, without the blanks around unquoted ones.
    private static func texts(of fields: [CSVField], in file: DataFile) -> [String] {
        var scratch: [UInt8] = []
        return file.bytes.withUnsafeBufferPointer { bytes in
            fields.map { field in
                bytes.withText(of: field, scratch: &scratch) { String(decoding: field.isQuoted ? $0 : $0.trimmed, as: UTF8.self) }
            }
        }
    }

    /// The place of a column's name in the header; nil without one.
    func place(ofColumn name: String) -> SourceRange? {
        guard let index = index(of: name), let fields = headerFields else { return nil }
        return file.range(fields[index].start, fields[index].end)
    }

    /// The line of the header; nil without one.
    var headerPlace: SourceRange? {
        guard let fields = headerFields, let first = fields.first, let last = fields.last else { return nil }
        return file.range(first.start, last.end)
    }

    /// Read again, since only messages want it.
    private var headerFields: [CSVField]? {
        guard hasHeader else { return nil }
        return file.bytes.withUnsafeBufferPointer { bytes in
            var scanner = CSVScanner(bytes, options: options)
            return scanner.next() == .record ? scanner.fields : nil
        }
    }

    /// Number of a column. Differs from == in nothing but that it compares bytes.
    func index(of name: String) -> Int? { columns.firstIndex { $0.utf8.elementsEqual(name.utf8) } }

    /// Whether a field of the header is a number: then it is probably a row of data.
    var headerLooksLikeData: Bool {
        hasHeader && columns.contains { NumberParser.parse($0, decimal: options.decimal) != .notANumber }
    }

    /// Reads all rows into the columns asked for, with so many threads; the result does not depend on their number.
    ///
    /// Errors: E10xx (ragged rows, quotes, no rows).
    package func read(
        _ requests: [ColumnRequest], threads: Int = Team.coreCount, at place: SourceRange?, sink: DiagnosticSink
    ) throws(Stopped) -> DataTable {
        guard let reading = TableReading(self, requests, from: bodyStart, threads: threads) else { throw sink.fail(.noMemoryForData(file)) }
        switch reading.mistake {
        case .unclosedQuote(let offset): throw sink.fail(.unclosedQuote(file, offset))
        case .textAfterQuote(let offset): throw sink.fail(.textAfterQuote(file, offset))
        case nil: break
        }
        if reading.ragged.count > 0 { throw sink.fail(.raggedRows(self, reading.raggedStarts, count: reading.ragged.count)) }
        if reading.rows == 0 { throw sink.fail(.noRows(self, at: place)) }
        guard reading.rows < Int(Int32.max) else { throw sink.fail(.tooManyRows(file, reading.rows, at: place)) }
        return reading.table(threads: threads)
    }
}

/// The columns of a file that were asked for, read, with a way back to the place of each value.
package struct DataTable {
    package let source: CSVSource
    /// Offset of each row in the file, and who owns them.
    private let rowStarts: UnsafeBufferPointer<Int>
    private let memory: Block
    package let columns: [TableColumn]
    package var rows: Int { rowStarts.count }

    init(source: CSVSource, rowStarts: UnsafeBufferPointer<Int>, memory: Block, columns: [TableColumn]) {
        self.source = source
        self.rowStarts = rowStarts
        self.memory = memory
        self.columns = columns
    }

    /// The same rows with other columns.
    func with(_ columns: [TableColumn]) -> DataTable { DataTable(source: source, rowStarts: rowStarts, memory: memory, columns: columns) }

    private func field(_ row: Int32, _ column: TableColumn) -> CSVField {
        source.file.bytes.withUnsafeBufferPointer { bytes in
            var scanner = CSVScanner(bytes, options: source.options, from: rowStarts[Int(row)])
            _ = scanner.next()
            return scanner.fields[column.request.index]
        }
    }

    /// The place of a value, as an excerpt of the file.
    func range(_ row: Int32, _ column: TableColumn) -> SourceRange {
        let field = field(row, column)
        return source.file.range(field.start, field.end)
    }

    /// The text of a value as it stands between its delimiters.
    func text(_ row: Int32, _ column: TableColumn) -> String {
        var scratch: [UInt8] = []
        let field = field(row, column)
        return source.file.bytes.withUnsafeBufferPointer { bytes in
            bytes.withText(of: field, scratch: &scratch) { String(decoding: field.isQuoted ? $0 : $0.trimmed, as: UTF8.self) }
        }
    }

    /// Physical line of a value.
    func line(_ row: Int32, _ column: TableColumn) -> Int { source.file.line(of: field(row, column).start) }
}
