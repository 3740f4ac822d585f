import Decimals
import Diagnostics
import SpecLanguage

/// A data file whose header has been read; the rows come with `read`.
package struct CSVSource: TableSource {
    package private(set) var file: DataFile
    package let options: CSVOptions
    package let purpose: DataPurpose
    package let place: SourceRange?
    /// Column names in the order of the file.
    package let columns: [String]
    /// The header was read from the file, not made up.
    package let hasHeader: Bool
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
        self.place = place
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
    package var headerLine: SourceRange? {
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
    package var unit: RowUnit { .line }
    package var name: String { file.name }
    package var byteCount: Int { file.bytes.count }

    package var headerLooksLikeData: Bool {
        hasHeader && columns.contains { NumberParser.parse($0, decimal: options.decimal) != .notANumber }
    }

    /// Reads all rows into the columns asked for, with so many threads; the result does not depend on their number.
    ///
    /// Errors: E10xx (ragged rows, quotes, no rows).
    ///
    /// - Parameter rowLimit: rows are numbered in 32 bits.
    package func read(
        _ requests: [ColumnRequest], threads: Int = Team.coreCount, at place: SourceRange?, rowLimit: Int = largestRowCount,
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
        guard reading.rows <= rowLimit else { throw sink.fail(.tooManyRows(name, limit: rowLimit, at: place)) }
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

/// Where the rows of a text table begin, and with that where each of its fields stands.
struct CSVPlaces: CellPlaces {
    let source: CSVSource
    let rowStarts: UnsafeBufferPointer<Int>
    /// Owns what `rowStarts` leads to.
    let memory: Block

    private func field(_ row: Int32, _ column: Int) -> CSVField {
        source.file.bytes.withUnsafeBufferPointer { bytes in
            var scanner = CSVScanner(bytes, options: source.options, from: rowStarts[Int(row)])
            _ = scanner.next()
            return scanner.fields[column]
        }
    }

    func range(_ row: Int32, _ column: Int) -> SourceRange? { source.inkRange(field(row, column)) }

    /// The text as it stands between its delimiters.
    func text(_ row: Int32, _ column: Int) -> String {
        var scratch: [UInt8] = []
        let field = field(row, column)
        return source.file.bytes.withUnsafeBufferPointer { bytes in
            bytes.withText(of: field, scratch: &scratch) { String(decoding: field.isQuoted ? $0 : $0.trimmed, as: UTF8.self) }
        }
    }

    func number(_ row: Int32, _ column: Int) -> Int { source.file.line(of: field(row, column).start) }
}
