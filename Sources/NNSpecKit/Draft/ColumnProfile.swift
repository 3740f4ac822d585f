import Datasets
import Decimals
import Diagnostics

/// What one column of a data file holds.
struct ColumnProfile {
    enum Kind { case empty, numbers, texts, mixed }

    let name: String
    let index: Int
    /// The different texts of the column, and for each row the number of its own.
    fileprivate(set) var texts = TextTable()
    fileprivate(set) var codes: [Int32] = []
    /// For each text: its rows, its value if it is a number, whether it stands for a missing value.
    fileprivate(set) var counts: [Int] = []
    fileprivate(set) var numbers: [Double?] = []
    fileprivate(set) var isMissing: [Bool] = []
    fileprivate(set) var isBeyondFloat = false

    fileprivate init(name: String, index: Int) {
        self.name = name
        self.index = index
    }

    /// Text numbers that hold values.
    var present: [Int] { counts.indices.filter { !isMissing[$0] && counts[$0] > 0 } }
    var distinct: Int { present.count }
    var missingRows: Int { counts.indices.reduce(0) { $0 + (isMissing[$1] ? counts[$1] : 0) } }
    var missingTexts: [String] { counts.indices.filter { isMissing[$0] }.map(texts.text) }

    var kind: Kind {
        let present = present
        let numeric = present.count { numbers[$0] != nil }
        return present.isEmpty ? .empty : numeric == present.count ? .numbers : numeric == 0 ? .texts : .mixed
    }

    var isWhole: Bool { present.allSatisfy { numbers[$0].map { $0 == $0.rounded() } ?? false } }

    func number(row: Int) -> Double? { numbers[Int(codes[row])] }
    func isMissing(row: Int) -> Bool { isMissing[Int(codes[row])] }

    /// The same column where some texts that looked like gaps are values.
    func keeping(_ texts: Set<String>) -> ColumnProfile {
        var copy = self
        for index in isMissing.indices where texts.contains(self.texts.text(index)) { copy.isMissing[index] = false }
        return copy
    }

    /// How often each value stands in some of the rows.
    func counts(in rows: [Int]) -> [Int] {
        var result = [Int](repeating: 0, count: texts.count)
        for row in rows { result[Int(codes[row])] += 1 }
        return result
    }

    /// Whether the column counts its rows: 1, 2, 3 ... or 0, 1, 2 ...
    var countsRows: Bool {
        guard let first = codes.first.flatMap({ numbers[Int($0)] }), first == 0 || first == 1 else { return false }
        return codes.enumerated().allSatisfy { numbers[Int($1)] == first + Double($0) }
    }

    var hasNameOfID: Bool { ColumnName.isOfID(name) }
}

/// All columns of a data file, looked at once.
struct TableProfile {
    let source: any TableSource
    private(set) var columns: [ColumnProfile]
    /// Leads back to the places of values: the columns as texts.
    private let table: DataTable
    var rows: Int { table.rows }

    /// Errors: E10xx, those of every other reading of the file.
    init(_ file: DataFile, _ options: CSVOptions, sink: DiagnosticSink) throws(Stopped) {
        let source = try CSVSource(file, options: options, at: nil, sink: sink)
        self.source = source
        // Quotes and widths are checked here, so that what follows can rely on them.
        table = try source.read([], at: nil, sink: sink)
        var columns = source.columns.enumerated().map { ColumnProfile(name: $1, index: $0) }
        file.bytes.withUnsafeBufferPointer { bytes in
            var scanner = CSVScanner(bytes, options: options, fieldLimit: columns.count)
            var scratch: [UInt8] = []
            if options.header { _ = scanner.next() }
            while scanner.next() == .record {
                for (index, field) in scanner.fields.enumerated() {
                    bytes.withInk(of: field, scratch: &scratch) { columns[index].append($0, options) }
                }
            }
        }
        self.columns = columns
        findMissing()
    }

    /// The same for objects on lines; what one lacks is an empty text.
    init(lines file: DataFile, sink: DiagnosticSink) throws(Stopped) {
        let source = try JSONLinesSource(file, for: .training, at: nil, sink: sink)
        self.source = source
        let requests = source.columns.enumerated().map { ColumnRequest(index: $0, name: $1, mode: .category, missingValues: []) }
        let table = try source.read(requests, threads: Team.coreCount, at: nil, rowLimit: JSONLinesSource.largestRowCount, sink: sink)
        self.table = table
        columns = table.columns.enumerated().map { index, column in
            var profile = ColumnProfile(name: source.columns[index], index: index)
            for row in 0..<table.rows {
                let code = Int(column.codes[row])
                var text = code < 0 ? "" : column.texts.text(code)
                text.withUTF8 { profile.append($0, CSVOptions()) }
            }
            return profile
        }
        findMissing()
    }

    func line(ofRow row: Int) -> Int { table.line(ofRow: row) }

    /// The place of a value.
    func range(ofRow row: Int, _ column: ColumnProfile) -> SourceRange? { table.range(ofRow: row, column: column.index) }

    /// The name of a column; its first value where the file has no header.
    func range(ofName column: ColumnProfile) -> SourceRange? { source.headerRange(column.index) ?? range(ofRow: 0, column) }

    /// The spec has one list of missing texts for all columns, so what is one anywhere is one everywhere.
    private mutating func findMissing() {
        var found: Set<String> = []
        for column in columns {
            let texts = column.texts.texts
            let usual = texts.filter(MissingTexts.isUsual)
            found.formUnion(usual)
            let others = texts.indices.filter { column.numbers[$0] == nil && !usual.contains(texts[$0]) }.map { texts[$0] }
            let hasNumbers = column.numbers.contains { $0 != nil }
            if hasNumbers, others.allSatisfy(MissingTexts.isUsualAmongNumbers) { found.formUnion(others) }
        }
        for index in columns.indices { columns[index].isMissing = columns[index].texts.texts.map(found.contains) }
    }
}

extension ColumnProfile {
    fileprivate mutating func append(_ text: UnsafeBufferPointer<UInt8>, _ options: CSVOptions) {
        let number = Int(texts.intern(text))
        codes.append(Int32(number))
        if number < counts.count {
            counts[number] += 1
            return
        }
        counts.append(1)
        isMissing.append(false)
        switch NumberParser.parse(text, decimal: options.decimal) {
        case .number(let value):
            numbers.append(value)
            if !Float(value).isFinite { isBeyondFloat = true }
        case .outOfRange:
            numbers.append(.infinity)
            isBeyondFloat = true
        case .notANumber: numbers.append(nil)
        }
    }
}
