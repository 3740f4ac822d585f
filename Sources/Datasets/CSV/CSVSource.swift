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
    package private(set) var file: DataFile
    package let options: CSVOptions
    let purpose: DataPurpose
    /// Column names in the order of the file.
    package let columns: [String]
    /// The header was read from the file, not made up.
    let hasHeader: Bool
    private var bodyStart: Int
    /// Where the names stand; empty without a header.
    private let headerFields: [CSVField]
    private let numbers: TextTable
    private static let duplicatesShown = 10

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
            numbers = TextTable(columns)
            bodyStart = file.bytes.withUnsafeBufferPointer { CSVGrammar($0, options).start }
            headerFields = []
            return
        }
        columns = CSVSource.texts(of: fields, in: file)
        numbers = TextTable(columns)
        bodyStart = next
        headerFields = fields
        var seen: [String: Int] = [:]
        var twins: [(first: Int, index: Int)] = []
        for (index, name) in columns.enumerated() {
            if let first = seen[name] { twins.append((first, index)) } else { seen[name] = index }
        }
        for (first, index) in twins.prefix(CSVSource.duplicatesShown) {
            let ranges = (inkRange(fields[first]), inkRange(fields[index]))
            sink.emit(.duplicateColumn(columns[index], positions: (first + 1, index + 1), ranges: ranges, of: twins.count))
        }
        if !twins.isEmpty { throw Stopped() }
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

    /// Number of a column. Differs from == in nothing but that it compares bytes.
    package func index(of name: String) -> Int? { numbers.number(of: name).map { Int($0) } }

    /// Where the name of a column stands; nil without a header.
    package func headerRange(_ index: Int) -> SourceRange? {
        guard headerFields.indices.contains(index) else { return nil }
        return inkRange(headerFields[index])
    }

    /// The names of all columns; nil without a header.
    var headerLine: SourceRange? {
        guard let first = headerFields.first, let last = headerFields.last else { return nil }
        return file.range(first.start, last.end)
    }

    /// A field as it is read: an unquoted one without the blanks around it.
    package func inkRange(_ field: CSVField) -> SourceRange {
        var (lower, upper) = (field.start, field.end)
        if !field.isQuoted {
            func isBlank(_ index: Int) -> Bool { file.bytes[index] == 0x20 || file.bytes[index] == 0x09 }
            while lower < upper, isBlank(lower) { lower += 1 }
            while upper > lower, isBlank(upper - 1) { upper -= 1 }
            if lower == upper { (lower, upper) = (field.start, field.end) }
        }
        return file.range(lower, upper)
    }

    /// Whether a field of the header is a number: then it is probably a row of data.
    var headerLooksLikeData: Bool {
        hasHeader && columns.contains { NumberParser.parse($0, decimal: options.decimal) != .notANumber }
    }

    /// Reads all rows into the columns asked for, with so many threads; the result does not depend on their number.
    ///
    /// Errors: E10xx (ragged rows, quotes, no rows).
    ///
    /// - Parameter rowLimit: rows are numbered in 32 bits.
    package func read(
        _ requests: [ColumnRequest], threads: Int = Team.coreCount, at place: SourceRange?, rowLimit: Int = Int(Int32.max) - 1,
        sink: DiagnosticSink
    ) throws(Stopped) -> DataTable {
        guard let reading = reading(requests, threads: threads) else { throw sink.fail(.noMemoryForData(file)) }
        if try check(reading, at: place, rowLimit: rowLimit, sink: sink) == 0 { throw sink.fail(.noRows(self, at: place)) }
        return reading.table(threads: threads)
    }

    /// nil if the system has no memory.
    func reading(_ requests: [ColumnRequest], threads: Int = Team.coreCount) -> TableReading? {
        TableReading(self, requests, from: bodyStart, threads: threads)
    }

    /// The rows of a reading. Errors: E10xx (ragged rows, quotes).
    func check(
        _ reading: TableReading, at place: SourceRange? = nil, rowLimit: Int = Int(Int32.max) - 1, sink: DiagnosticSink
    ) throws(Stopped) -> Int {
        switch reading.mistake {
        case .unclosedQuote(let offset): throw sink.fail(.unclosedQuote(file, offset))
        case .textAfterQuote(let offset): throw sink.fail(.textAfterQuote(file, offset))
        case nil: break
        }
        if reading.ragged.count > 0 { throw sink.fail(.raggedRows(self, reading.raggedStarts, count: reading.ragged.count)) }
        guard reading.rows <= rowLimit else { throw sink.fail(.tooManyRows(file, limit: rowLimit, at: place)) }
        return reading.rows
    }

    // MARK: A file in windows

    /// Whether the first record of a file is there.
    static func hasHeader(_ file: DataFile, _ options: CSVOptions) -> Bool {
        file.bytes.withUnsafeBufferPointer { bytes in
            var scanner = CSVScanner(bytes, options: options, fieldLimit: 0)
            switch scanner.next() {
            case .record, .textAfterQuote: return true
            case .end, .unclosedQuote: return false
            }
        }
    }

    /// The further lines of the same file.
    func continued(in file: DataFile) -> CSVSource {
        var copy = self
        (copy.file, copy.bodyStart) = (file, 0)
        return copy
    }

    /// The same lines, the last of them left out.
    func shortened(to file: DataFile) -> CSVSource {
        var copy = self
        copy.file = file
        return copy
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

    /// The file, where its rows begin, and the columns.
    var byteCount: Int { source.file.bytes.count + rows * (8 + columns.reduce(0) { $0 + $1.byteCountPerRow }) }

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
    func range(_ row: Int32, _ column: TableColumn) -> SourceRange { source.inkRange(field(row, column)) }

    /// The first value that is this one of a column's texts.
    func range(ofText number: Int, _ column: TableColumn) -> SourceRange? {
        column.codes.firstIndex(of: Int32(number)).map { range(Int32($0), column) }
    }

    /// The name of a column in the header; its first value where there is none.
    func headerRange(_ column: TableColumn) -> SourceRange { source.headerRange(column.request.index) ?? range(0, column) }

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
