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

    var hasNameOfID: Bool {
        let name = name.lowercased()
        return ["", "id", "index", "idx", "row", "no", "nr", "uuid", "key", "rownames"].contains(name) || name.hasPrefix("unnamed")
            || name.hasSuffix("_id") || name.hasSuffix(" id") || self.name.hasSuffix("Id") || self.name.hasSuffix("ID")
    }
}

/// All columns of a data file, looked at once.
struct TableProfile {
    let source: CSVSource
    private(set) var columns: [ColumnProfile]
    /// Offset of each row.
    private let rowStarts: [Int]
    var rows: Int { rowStarts.count }

    /// Errors: E10xx, those of every other reading of the file.
    init(_ file: DataFile, _ options: CSVOptions, sink: DiagnosticSink) throws(Stopped) {
        source = try CSVSource(file, options: options, at: nil, sink: sink)
        // Quotes and widths are checked here, so that what follows can rely on them.
        _ = try source.read([], at: nil, sink: sink)
        var columns = source.columns.enumerated().map { ColumnProfile(name: $1, index: $0) }
        var starts: [Int] = []
        file.bytes.withUnsafeBufferPointer { bytes in
            var scanner = CSVScanner(bytes, options: options, fieldLimit: columns.count)
            var scratch: [UInt8] = []
            if options.header { _ = scanner.next() }
            while scanner.next() == .record {
                starts.append(scanner.recordStart)
                for (index, field) in scanner.fields.enumerated() {
                    bytes.withInk(of: field, scratch: &scratch) { columns[index].append($0, options) }
                }
            }
        }
        rowStarts = starts
        self.columns = columns
        findMissing()
    }

    func line(ofRow row: Int) -> Int { source.file.line(of: rowStarts[row]) }

    /// The place of a value.
    func range(ofRow row: Int, _ column: ColumnProfile) -> SourceRange {
        source.file.bytes.withUnsafeBufferPointer { bytes in
            var scanner = CSVScanner(bytes, options: source.options, from: rowStarts[row])
            _ = scanner.next()
            return source.inkRange(scanner.fields[column.index])
        }
    }

    /// The name of a column; its first value where the file has no header.
    func range(ofName column: ColumnProfile) -> SourceRange { source.headerRange(column.index) ?? range(ofRow: 0, column) }

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
