import SpecLanguage

/// Rows at which something was found: how many, and the first of them.
package struct Places: Sendable, Equatable {
    static let shown = 3
    package private(set) var count = 0
    /// Table rows, at most `shown`.
    package private(set) var rows: [Int32] = []

    init() {}

    init(count: Int, rows: [Int]) {
        self.count = count
        self.rows = rows.prefix(Places.shown).map { Int32(truncatingIfNeeded: $0) }
    }

    mutating func add(_ row: Int) {
        count += 1
        if rows.count < Places.shown { rows.append(Int32(truncatingIfNeeded: row)) }
    }

    /// Adds what was found further down, where row 0 is row `start` here.
    mutating func add(_ others: Places, from start: Int) {
        count += others.count
        for row in others.rows where rows.count < Places.shown { rows.append(Int32(truncatingIfNeeded: start + Int(row))) }
    }
}

/// How a column is to be read.
package enum ColumnMode: Sendable { case number, category, auto, label }

/// What a column holds, decided.
package enum ColumnKind { case numbers, categories, labels }

/// A column to read: which one, as what, and which texts are missing values.
package struct ColumnRequest: Sendable {
    package var index: Int
    package var name: String
    var mode: ColumnMode
    var missingValues: [String]
    /// Decides the words of messages.
    var isTarget = false
    /// Whether the spec lists it under `features`; so do the words on how to leave it out.
    var isListed = false
    /// Whether its categories are those of the spec.
    var hasGivenCategories = false
    /// Whether its texts have to be those of `BooleanText`.
    var isBoolean = false
    /// Whether arrays and objects of JSON are taken as they stand, as `NestedText`; else they are an error.
    var keepsNested = false
    /// Whether it only tells which rows belong together, or to which part.
    var isKey = false
    /// Whether its numbers are the weights of the rows.
    package var isWeight = false

    /// What the column holds, if that does not depend on its values.
    var kind: ColumnKind? {
        switch mode {
        case .number: .numbers
        case .category: .categories
        case .label: .labels
        case .auto: nil
        }
    }

    package init(
        index: Int, name: String, mode: ColumnMode, missingValues: [String], isTarget: Bool = false, isListed: Bool = false,
        hasGivenCategories: Bool = false
    ) {
        self.index = index
        self.name = name
        self.mode = mode
        self.missingValues = missingValues
        self.isTarget = isTarget
        self.isListed = isListed
        self.hasGivenCategories = hasGivenCategories
    }
}

/// One column of a table: numbers or category codes, never a text per cell.
package final class TableColumn {
    package let request: ColumnRequest
    let decimal: UInt8
    package let kind: ColumnKind
    /// NaN where missing or not a number. For numbers and labels, else empty.
    package let numbers: ColumnNumbers
    /// -1 where missing. For categories and labels, else empty.
    package let codes: UnsafeBufferPointer<Int32>
    package let texts: TextTable
    package let missing: Places
    package let badNumbers: Places
    /// Those of the bad numbers that are numbers by their form, beyond the range of Double.
    package let outOfRange: Places
    /// Numbers that Float cannot hold.
    package let beyondFloat: Places
    /// Present values of an `auto` column that are numbers, and that are none. Only a mixed column knows the places of both.
    package let numberPlaces: Places
    package let textPlaces: Places
    /// Own what `numbers` and `codes` lead to.
    private let memory: [AnyObject]

    /// Whether the numbers are those of the file itself, which is there anyhow.
    private let isOfFile: Bool

    /// A column of numbers that stay where they are.
    ///
    /// - Parameter owner: keeps the numbers.
    init(_ request: ColumnRequest, _ numbers: ColumnNumbers, missing: Places, outOfRange: Places, beyondFloat: Places, owner: AnyObject) {
        self.request = request
        self.numbers = numbers
        (kind, decimal) = (.numbers, UInt8(ascii: "."))
        (codes, texts, memory, isOfFile) = (UnsafeBufferPointer(start: nil, count: 0), TextTable(), [owner], true)
        (self.missing, badNumbers, self.outOfRange, self.beyondFloat) = (missing, outOfRange, outOfRange, beyondFloat)
        (numberPlaces, textPlaces) = (Places(), Places())
    }

    /// The same column, asked for in other words.
    private init(_ other: TableColumn, as request: ColumnRequest) {
        self.request = request
        (kind, decimal, numbers, codes, texts) = (other.kind, other.decimal, other.numbers, other.codes, other.texts)
        (missing, badNumbers, outOfRange, beyondFloat) = (other.missing, other.badNumbers, other.outOfRange, other.beyondFloat)
        (numberPlaces, textPlaces, memory, isOfFile) = (other.numberPlaces, other.textPlaces, other.memory, other.isOfFile)
    }

    func with(_ request: ColumnRequest) -> TableColumn { TableColumn(self, as: request) }

    /// Joins what the pieces of a file have of a column; their rows follow each other.
    init(
        _ request: ColumnRequest, _ kind: ColumnKind, decimal: UInt8, numbers: UnsafeBufferPointer<Double>, codes: UnsafeMutableBufferPointer<Int32>,
        parts: [(part: ColumnPart?, start: Int)], memory: [AnyObject]
    ) {
        self.request = request
        self.kind = kind
        self.decimal = decimal
        self.numbers = ColumnNumbers(numbers)
        self.codes = UnsafeBufferPointer(codes)
        self.memory = memory
        isOfFile = false
        var (missing, bad, out, beyond, texts) = (Places(), Places(), Places(), Places(), Places())
        var (numberPlaces, table) = (Places(), TextTable())
        for (part, start) in parts {
            guard let part else { continue }
            missing.add(part.missing, from: start)
            bad.add(part.badNumbers, from: start)
            out.add(part.outOfRange, from: start)
            beyond.add(part.beyondFloat, from: start)
            texts.add(part.textPlaces, from: start)
            numberPlaces.add(part.numberPlaces, from: start)
            TableColumn.join(part, into: &table, codes, start)
        }
        self.texts = table
        (self.missing, badNumbers, outOfRange, beyondFloat, textPlaces) = (missing, bad, out, beyond, texts)
        // Numbers in a column of numbers are not told one by one; they matter only if there are texts among them.
        if request.mode == .auto, kind == .numbers, texts.count > 0 {
            self.numberPlaces = TableColumn.present(numbers, count: numbers.count - missing.count - texts.count, or: out)
        } else {
            self.numberPlaces = numberPlaces
        }
    }

    /// The codes of a piece become those of the whole column: texts are numbered in the order of the file.
    private static func join(_ part: ColumnPart, into table: inout TextTable, _ codes: UnsafeMutableBufferPointer<Int32>, _ start: Int) {
        guard part.texts.count > 0 else { return }
        if table.count == 0 {
            table = part.texts
            return
        }
        let numbers = (0..<part.texts.count).map { part.texts.withText($0) { table.intern($0) } }
        for row in start..<start + part.rows where codes[row] >= 0 { codes[row] = numbers[Int(codes[row])] }
    }

    /// Rows that hold a number, or one that is out of range.
    private static func present(_ numbers: UnsafeBufferPointer<Double>, count: Int, or others: Places) -> Places {
        var found: [Int] = others.rows.map { Int($0) }
        var seen = 0
        for row in numbers.indices where !numbers[row].isNaN {
            found.append(row)
            seen += 1
            if seen == Places.shown { break }
        }
        return Places(count: count, rows: found.sorted())
    }

    /// Bytes that a row takes, beside the file.
    var byteCountPerRow: Int { (numbers.isEmpty || isOfFile ? 0 : 8) + (codes.isEmpty ? 0 : 4) }

    /// What an `auto` column turned out to be; without any value, numbers.
    package var isCategory: Bool { kind == .categories }
    /// Whether all that is read is a number by its form.
    var isNumeric: Bool { kind != .categories && badNumbers.count == outOfRange.count }
    var isMixed: Bool { request.mode == .auto && numberPlaces.count > 0 && textPlaces.count > 0 }

    package func isMissing(_ row: Int) -> Bool { kind == .numbers ? numbers[row].isNaN : codes[row] < 0 }
}
