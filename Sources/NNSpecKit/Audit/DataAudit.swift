import Datasets
import Diagnostics
import SpecLanguage

/// What a careful colleague would look at before training: what the columns hold, and what in the rows will spoil the result without being wrong.
///
/// Errors of the data are told by their reading; all findings here are warnings. Every finding is about rows that count.
struct DataAudit {
    /// The rows of each part.
    private(set) var parts: [(name: String, rows: Int)] = []
    private(set) var columns: [AuditedColumn] = []
    private(set) var targets: [AuditedColumn] = []
    /// What the column of the weights holds, and as how many rows of equal weight the training rows count; nil: each weighs 1.
    private(set) var weights: (column: AuditedColumn, effectiveRows: Double)?
    /// The training rows of each class; empty for a regression.
    private(set) var classes: [ClassRows] = []
    private(set) var findings: [Diagnostic] = []

    init(_ data: ExaminedData) {
        parts = data.parts.map { ($0.name, $0.rows.count) }
        let (table, rows) = (data.parts[0].table, data.parts[0].rows)
        columns = data.features.map { AuditedColumn($0, rows) }
        targets = data.targets.map { AuditedColumn($0, rows, isClass: !data.classes.isEmpty) }
        weights = table.weights.map { (AuditedColumn($0, rows), Self.effectiveRows($0, rows)) }
        if !data.classes.isEmpty { classes = Self.balance(data, rows) }
        findings += Self.imbalance(classes, table, data.targets)
        for column in data.features + (classes.isEmpty ? [] : data.targets) {
            for twins in NearTexts.pairs(in: column) { findings.append(.nearTexts(table, column, twins)) }
        }
        findings += Repeats.columns(data.features, table)
        findings += Repeats.rows(data)
        if let found = ContradictingRows(data.encoded) { findings.append(.contradictions(data, found)) }
        for (index, column) in data.features.enumerated() {
            if columns[index].looksLikeID { findings.append(.looksLikeID(table, column, columns[index].facts)) }
            if columns[index].facts.distinct == 1, !Self.isScaled(data.transforms[index]) { findings.append(.oneValue(table, column)) }
        }
        findings += Leaks.find(data, classes: classes)
        for (index, column) in data.features.enumerated() {
            guard case .number(.zscore, _, _, _) = data.transforms[index].kind, let outliers = Outliers(column, rows) else { continue }
            findings.append(.outliers(table, column, outliers))
        }
    }

    /// (sum of w)^2 / sum of w^2. Source: Kish, "Survey Sampling" (1965), the effective sample size.
    private static func effectiveRows(_ column: TableColumn, _ rows: [Int32]) -> Double {
        let largest = rows.reduce(0) { max($0, column.numbers[Int($1)]) }
        guard largest > 0 else { return 0 }
        var (sum, squares) = (0.0, 0.0)
        for row in rows {
            let weight = column.numbers[Int(row)] / largest
            sum += weight
            squares += weight * weight
        }
        return sum * sum / squares
    }

    /// A constant column that is scaled, and one of categories, have been told by the fitting.
    private static func isScaled(_ transform: FeatureTransform) -> Bool {
        if case .number(let normalize, _, _, _) = transform.kind { return normalize != .none }
        return true
    }

    private static func balance(_ data: ExaminedData, _ rows: [Int32]) -> [ClassRows] {
        let (target, weights) = (data.targets[0], data.parts[0].table.weights)
        var counts = [(rows: Int, weight: Double)](repeating: (0, 0), count: target.texts.count)
        for row in rows where target.codes[Int(row)] >= 0 {
            counts[Int(target.codes[Int(row)])].rows += 1
            counts[Int(target.codes[Int(row)])].weight += weights.map { $0.numbers[Int(row)] } ?? 1
        }
        let total = counts.reduce(0) { $0 + $1.weight }
        return data.classes.map { name in
            let (rows, weight) = target.texts.number(of: name).map { counts[Int($0)] } ?? (0, 0)
            return ClassRows(name: name, rows: rows, share: total > 0 ? weight / total : 0)
        }
    }

    /// A class that nearly all rows have, or that nearly none has.
    private static func imbalance(_ classes: [ClassRows], _ table: DataTable, _ targets: [TableColumn]) -> [Diagnostic] {
        let total = classes.reduce(0) { $0 + $1.rows }
        guard total >= 20, let largest = classes.max(by: { $0.share < $1.share }), largest.share >= 0.9 else { return [] }
        return [.imbalance(table, targets[0], largest, of: total)]
    }
}

/// A class among the training rows.
struct ClassRows {
    let name: String
    let rows: Int
    /// Of all rows, each by its weight.
    let share: Double
}
