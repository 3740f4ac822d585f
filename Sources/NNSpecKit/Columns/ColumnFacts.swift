import Datasets

/// What some rows of a column hold, counted: what the audit tells of it and what a draft is made by.
struct ColumnFacts {
    let name: String
    /// Rows that were looked at, and those of them without a value.
    let rows: Int
    let missing: Int
    /// Different values: of numbers by what they are, of texts by how they are written.
    let distinct: Int
    /// Least and greatest number; nil where some value is none, or there is no value.
    let range: ClosedRange<Double>?
    /// Whether all values are whole numbers.
    let isWhole: Bool

    /// What tells rows apart and nothing else.
    enum Identity { case counter, numbers, texts }
    /// nil: the column is none. Where rows are few, anything may be different in all of them.
    let identity: Identity?

    /// Rows with a value.
    var present: Int { rows - missing }

    private static let fewestTexts = 3
    private static let fewestNumbers = 10

    /// - Parameters:
    ///   - numbers: the values that there are; nil if some of them are no numbers.
    ///   - distinctTexts: how many different texts they are.
    init(name: String, rows: Int, missing: Int, numbers: [Double]?, distinctTexts: Int) {
        (self.name, self.rows, self.missing) = (name, rows, missing)
        let sorted = (numbers ?? []).sorted()
        guard let least = sorted.first, let greatest = sorted.last else {
            (distinct, range, isWhole) = (distinctTexts, nil, false)
            identity = rows - missing >= Self.fewestTexts && distinctTexts == rows - missing ? .texts : nil
            return
        }
        distinct = sorted.indices.count { $0 == 0 || sorted[$0] != sorted[$0 - 1] }
        range = least...greatest
        isWhole = sorted.allSatisfy { $0 == $0.rounded() }
        let hasName = ColumnName.isOfID(name)
        let isUnique = distinct == sorted.count && sorted.count >= (hasName ? Self.fewestTexts : Self.fewestNumbers)
        let isCounter = Double(distinct - 1) == greatest - least
        identity = isUnique && isWhole ? (isCounter ? .counter : hasName ? .numbers : nil) : nil
    }

    init(_ column: TableColumn, _ rows: [Int32]) {
        let present = rows.filter { !column.isMissing(Int($0)) }
        var numbers: [Double]?
        if column.kind != .categories {
            let found = present.map { column.numbers[Int($0)] }
            numbers = found.contains(where: \.isNaN) ? nil : found
        }
        var isSeen = [Bool](repeating: false, count: column.texts.count)
        if column.kind != .numbers { for row in present { isSeen[Int(column.codes[Int(row)])] = true } }
        self.init(
            name: column.request.name, rows: rows.count, missing: rows.count - present.count, numbers: numbers, distinctTexts: isSeen.count { $0 })
    }
}
