import Datasets
import Decimals
import Diagnostics

/// What one column of a data file holds, text by text.
struct ColumnProfile {
    enum Kind { case empty, numbers, texts, mixed }

    let name: String
    let index: Int
    let kind: Kind
    /// The different texts of the column, and for each row the number of its own.
    let texts: TextTable
    private let codes: [Int32]
    /// For each text: its rows, its value if it is a number, whether it stands for a missing value.
    private let counts: [Int]
    let numbers: [Double?]
    private let isMissing: [Bool]
    /// Of all rows.
    let facts: ColumnFacts

    fileprivate init(_ raw: ColumnTexts, numbers: [Double?], isMissing: [Bool]) {
        self.init(name: raw.name, index: raw.index, texts: raw.texts, codes: raw.codes, numbers: numbers, isMissing: isMissing)
    }

    private init(name: String, index: Int, texts: TextTable, codes: [Int32], numbers: [Double?], isMissing: [Bool]) {
        (self.name, self.index, self.texts, self.codes, self.numbers, self.isMissing) = (name, index, texts, codes, numbers, isMissing)
        var counts = [Int](repeating: 0, count: texts.count)
        for code in codes { counts[Int(code)] += 1 }
        self.counts = counts
        let present = counts.indices.filter { !isMissing[$0] }
        let numeric = present.count { numbers[$0] != nil }
        let kind: Kind = present.isEmpty ? .empty : numeric == present.count ? .numbers : numeric == 0 ? .texts : .mixed
        self.kind = kind
        facts = ColumnFacts(
            name: name, rows: codes.count, missing: counts.indices.reduce(0) { $0 + (isMissing[$1] ? counts[$1] : 0) },
            numbers: kind == .numbers ? codes.compactMap { isMissing[Int($0)] ? nil : numbers[Int($0)] } : nil, distinctTexts: present.count)
    }

    /// Numbers of texts that are values.
    var present: [Int] { counts.indices.filter { !isMissing[$0] } }
    var missingTexts: [String] { counts.indices.filter { isMissing[$0] }.map(texts.text) }
    var isBeyondFloat: Bool { numbers.contains { $0.map { !Float($0).isFinite } ?? false } }
    /// Whether the values are true and false, in words: 1 and 0 are numbers.
    var isBoolean: Bool {
        let present = present
        return kind == .texts && Set(present.map { BooleanText.value(of: texts.text($0)) }) == [true, false]
    }

    func number(row: Int) -> Double? { numbers[Int(codes[row])] }
    func textNumber(row: Int) -> Int { Int(codes[row]) }
    func isMissing(row: Int) -> Bool { isMissing[Int(codes[row])] }

    /// The same column where some texts that looked like gaps are values.
    func keeping(_ kept: Set<String>) -> ColumnProfile {
        let gaps = self.isMissing.indices.map { self.isMissing[$0] && !kept.contains(texts.text($0)) }
        return ColumnProfile(name: name, index: index, texts: texts, codes: codes, numbers: numbers, isMissing: gaps)
    }

    /// How many of some rows hold a word for true, or 1.
    func rowsOfTrue(_ rows: [Int]) -> Int {
        let isTrue = texts.texts.map { BooleanText.value(of: $0) == true }
        return rows.count { isTrue[Int(codes[$0])] }
    }

    /// How often each text stands in some of the rows.
    func counts(in rows: [Int]) -> [Int] {
        var result = [Int](repeating: 0, count: texts.count)
        for row in rows { result[Int(codes[row])] += 1 }
        return result
    }
}

/// The texts of a column, before anything is known about them: without the blanks around them that a CSV file may have, and what an object of
/// JSON lines lacks as an empty one.
private struct ColumnTexts {
    let name: String
    let index: Int
    private(set) var texts = TextTable()
    private(set) var codes: [Int32] = []

    init(_ column: TableColumn, trims: Bool) {
        (name, index) = (column.request.name, column.request.index)
        let numbers = column.texts.texts.map { text in texts.intern(trims ? MissingTexts.ink(text) : text) }
        let gap = column.codes.contains { $0 < 0 } ? texts.intern("") : -1
        codes = column.codes.map { $0 < 0 ? gap : numbers[Int($0)] }
    }
}

/// All columns of a data file, looked at once.
struct TableProfile {
    let source: any TableSource
    let columns: [ColumnProfile]
    /// Leads back to the places of values: the columns as texts.
    private let table: DataTable
    var rows: Int { table.rows }

    /// Reads all columns as texts; a value that an object of JSON lines lacks is an empty one. Errors: E10xx, those of every other reading.
    init(_ source: any TableSource, sink: DiagnosticSink) throws(Stopped) {
        self.source = source
        let requests = source.columns.enumerated().map { index, name in
            ColumnRequest(index: index, name: name, mode: .category, missingValues: [])
        }
        table = try source.read(requests, threads: Team.coreCount, at: nil, rowLimit: CSVSource.largestRowCount, sink: sink)
        columns = Self.profiles(table.columns.map { ColumnTexts($0, trims: source is CSVSource) }, decimal: source.options.decimal)
    }

    func line(ofRow row: Int) -> Int { table.line(ofRow: row) }

    /// The place of a value.
    func range(ofRow row: Int, _ column: ColumnProfile) -> SourceRange? { table.range(ofRow: row, column: column.index) }

    /// The name of a column; its first value where the file has no header.
    func range(ofName column: ColumnProfile) -> SourceRange? { source.headerRange(column.index) ?? range(ofRow: 0, column) }

    /// The spec has one list of missing texts for all columns, so what is one anywhere is one everywhere.
    private static func profiles(_ columns: [ColumnTexts], decimal: UInt8) -> [ColumnProfile] {
        let numbers = columns.map { column in
            column.texts.texts.map { text -> Double? in
                switch NumberParser.parse(text, decimal: decimal) {
                case .number(let value): value
                case .outOfRange: .infinity
                case .notANumber: nil
                }
            }
        }
        var found: Set<String> = []
        for (column, numbers) in zip(columns, numbers) {
            let texts = column.texts.texts
            let usual = texts.filter(MissingTexts.isUsual)
            found.formUnion(usual)
            let others = texts.indices.filter { numbers[$0] == nil && !usual.contains(texts[$0]) }.map { texts[$0] }
            if numbers.contains(where: { $0 != nil }), others.allSatisfy(MissingTexts.isUsualAmongNumbers) { found.formUnion(others) }
        }
        return zip(columns, numbers).map { column, numbers in
            ColumnProfile(column, numbers: numbers, isMissing: column.texts.texts.map(found.contains))
        }
    }
}
