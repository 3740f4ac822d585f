import Datasets

/// What the training rows have in a column.
struct ColumnFacts {
    let name: String
    /// "number", "category" or "class".
    let type: String
    /// Why the column is of that type.
    let reason: String
    /// Rows of the file without a value, those that were dropped included.
    let missing: Int
    /// Different values.
    let distinct: Int
    /// Least and greatest number; nil for texts.
    let range: ClosedRange<Double>?
    /// Values, one for each row, all different, and the column is called an id or counts the rows.
    let looksLikeID: Bool

    /// - Parameter isClass: whether the column is a target of classes, whose labels may be numbers too.
    init(_ column: TableColumn, _ rows: [Int32], isClass: Bool = false) {
        name = column.request.name
        missing = column.missing.count
        let absent = rows.reduce(0) { $0 + (column.isMissing(Int($1)) ? 1 : 0) }
        let numbers = column.kind == .categories ? [] : rows.map { column.numbers[Int($0)] }.filter { !$0.isNaN }.sorted()
        let isNumeric = numbers.count == rows.count - absent && !numbers.isEmpty
        range = isNumeric ? numbers[0]...numbers[numbers.count - 1] : nil
        if column.kind == .numbers {
            distinct = numbers.indices.reduce(0) { $0 + ($1 == 0 || numbers[$1] != numbers[$1 - 1] ? 1 : 0) }
        } else {
            var isSeen = [Bool](repeating: false, count: column.texts.count)
            for row in rows where column.codes[Int(row)] >= 0 { isSeen[Int(column.codes[Int(row)])] = true }
            distinct = isSeen.count { $0 }
        }
        switch column.kind {
        case .numbers: (type, reason) = ("number", missing == 0 ? "every value is a number" : "every value that there is, is a number")
        case .categories:
            let example = (0..<column.texts.count).map(column.texts.text).first { Double($0) == nil }
            (type, reason) = ("category", example.map { "values such as \(Shown.text($0)) are no numbers" } ?? "the spec says so")
        case .labels: (type, reason) = isClass ? ("class", "labels are texts") : ("number", "every value is a number")
        }
        let isWhole = isNumeric && numbers.allSatisfy { $0 == $0.rounded() }
        let hasName = ColumnName.isOfID(name)
        let isUnique = distinct == rows.count - absent && distinct >= 10
        let counts = isWhole && Double(distinct - 1) == (numbers.last ?? 0) - (numbers.first ?? 0)
        looksLikeID = isUnique && (column.kind == .categories || isWhole && (hasName || counts))
    }
}
