import Datasets

/// A column as the audit tells of it.
struct AuditedColumn {
    /// Of the training rows.
    let facts: ColumnFacts
    /// "number", "category" or "class".
    let type: String
    /// Why the column is of that type.
    let reason: String
    /// Rows of the file without a value, those that were dropped included.
    let missing: Int

    private static let fewestOfID = 10

    /// Values all different, so many that it can hardly be chance, and the column is called an id or counts the rows.
    var looksLikeID: Bool { facts.identity != nil && facts.distinct >= Self.fewestOfID }

    /// - Parameter isClass: whether the column is a target of classes, whose labels may be numbers too.
    init(_ column: TableColumn, _ rows: [Int32], isClass: Bool = false) {
        facts = ColumnFacts(column, rows)
        missing = column.missing.count
        switch column.kind {
        case .numbers: (type, reason) = ("number", missing == 0 ? "every value is a number" : "every value that there is, is a number")
        case .categories:
            let example = (0..<column.texts.count).map(column.texts.text).first { Double($0) == nil }
            (type, reason) = ("category", example.map { "values such as \(Shown.text($0)) are no numbers" } ?? "the spec says so")
        case .labels: (type, reason) = isClass ? ("class", "labels are texts") : ("number", "every value is a number")
        }
    }
}
