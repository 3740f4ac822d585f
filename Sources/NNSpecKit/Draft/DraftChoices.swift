import Datasets
import Diagnostics

/// What a draft says about a table, with the reasons.
struct DraftChoices {
    struct Task {
        /// nil: `task: auto` comes to the same.
        var written: String?
        /// "classification of 3 classes".
        var outline: String
        var why: String
        /// Rows per class, in the order of their names, or those that have each label; empty for a regression.
        var classes: [(name: String, rows: Int)] = []
        var isOfLabels = false
    }
    enum Missing: String { case dropRow = "drop_row", median, mode, each }

    let table: TableProfile
    let targets: DraftTargets
    /// What seems to weigh the rows.
    let weight: ColumnProfile?
    let features: [ColumnProfile]
    let excluded: [(column: ColumnProfile, why: String)]
    /// nil: there are no gaps.
    let missing: Missing?
    let rowsWithGaps: Int
    /// The rows that are trained and measured on.
    let rows: [Int]
    let task: Task

    /// Errors: E16xx.
    init(_ table: TableProfile, targets wanted: [String], sink: DiagnosticSink) throws(Stopped) {
        self.table = table
        let targets = try DraftTargets(table, wanted: wanted, sink: sink)
        self.targets = targets
        for target in targets.columns {
            if let row = (0..<table.rows).first(where: target.isMissing(row:)) { throw sink.fail(.draftTargetMissing(table, target, row: row)) }
        }
        weight = Self.weight(table, targets)
        let taken = targets.columns.map(\.index) + [weight?.index].compactMap { $0 }
        let others = table.columns.filter { !taken.contains($0.index) }
        let judged = others.map { ($0, FeatureJudgement.exclusion($0, table)) }
        excluded = judged.compactMap { column, why in why.map { (column, $0) } }
        let features = judged.filter { $0.1 == nil }.map(\.0)
        self.features = features
        if features.isEmpty { throw sink.fail(.draftWithoutFeatures(table, targets.columns, excluded)) }

        let gappy = features.filter { $0.facts.missing > 0 }
        let complete = (0..<table.rows).filter { row in !gappy.contains { $0.isMissing(row: row) } }
        rowsWithGaps = table.rows - complete.count
        missing = Self.missing(gappy, rowsWithGaps: rowsWithGaps, rows: table.rows)
        rows = missing == .dropRow ? complete : Array(0..<table.rows)
        task = try Self.task(targets, rows, table, sink: sink)
    }

    // MARK: Weights

    private static let weightNames: Set<String> = [
        "sample_weight", "sample_weights", "row_weight", "case_weight", "instance_weight", "survey_weight", "sampling_weight", "fnlwgt",
    ]

    /// A column whose name says so, and that can be used as it is.
    private static func weight(_ table: TableProfile, _ targets: DraftTargets) -> ColumnProfile? {
        table.columns.first { column in
            guard weightNames.contains(column.name.lowercased()), !targets.columns.contains(where: { $0.index == column.index }),
                column.kind == .numbers, !column.isBeyondFloat,
                column.facts.missing == 0, let range = column.facts.range
            else { return false }
            return range.lowerBound >= 0 && range.upperBound > 0
        }
    }

    // MARK: Missing values

    /// Rows are dropped where that costs one in twenty at most; else gaps are filled.
    private static func missing(_ gappy: [ColumnProfile], rowsWithGaps: Int, rows: Int) -> Missing? {
        guard !gappy.isEmpty else { return nil }
        if rowsWithGaps * 20 <= rows { return .dropRow }
        let numbers = gappy.count { $0.kind == .numbers }
        return numbers == gappy.count ? .median : numbers == 0 ? .mode : .each
    }

    // MARK: Task

    /// Whole numbers, so few and so often, are more likely names of classes than amounts.
    private static let classLimit = 20

    private static func task(_ targets: DraftTargets, _ rows: [Int], _ table: TableProfile, sink: DiagnosticSink) throws(Stopped) -> Task {
        switch targets.kind {
        case .one: return try task(targets.columns[0], rows, table, sink: sink)
        case .labels:
            let labels = targets.columns.map { ($0.name, $0.rowsOfTrue(rows)) }
            return Task(
                written: "multilabel", outline: "multilabel classification of \(labels.count) labels",
                why: "each target tells of every row if it has something", classes: labels, isOfLabels: true)
        case .numbers:
            for target in targets.columns { try refuseTooLarge(target, rows, table, sink: sink) }
            return Task(outline: "regression of \(targets.columns.count) numbers", why: "the targets hold numbers")
        }
    }

    private static func refuseTooLarge(_ target: ColumnProfile, _ rows: [Int], _ table: TableProfile, sink: DiagnosticSink) throws(Stopped) {
        guard target.isBeyondFloat else { return }
        throw sink.fail(.draftTargetTooLarge(table, target, row: rows.first { !(target.number(row: $0).map { Float($0).isFinite } ?? true) }))
    }

    private static func task(_ target: ColumnProfile, _ rows: [Int], _ table: TableProfile, sink: DiagnosticSink) throws(Stopped) -> Task {
        let counts = target.counts(in: rows)
        let present = counts.indices.filter { counts[$0] > 0 }
        if present.count == 1 { throw sink.fail(.draftOneValue(table, target, target.texts.text(present[0]))) }
        let isNumeric = target.kind == .numbers
        if isNumeric { try refuseTooLarge(target, rows, table, sink: sink) }
        if FeatureJudgement.isOfNumbersBut(target, table), let row = rows.first(where: { target.number(row: $0) == nil }) {
            throw sink.fail(.draftTargetMixed(table, target, row: row))
        }
        if !isNumeric, FeatureJudgement.isNames(target, table) { throw sink.fail(.draftTargetOfNames(table, target)) }
        func classes(_ why: String, written: String? = nil) -> Task {
            let order = present.sorted { a, b in
                if let x = target.numbers[a], let y = target.numbers[b], isNumeric, x != y { return x < y }
                return target.texts.precedes(a, b)
            }
            return Task(
                written: written, outline: "classification of \(present.count) classes", why: why,
                classes: order.map { (target.texts.text($0), counts[$0]) })
        }
        guard isNumeric else { return classes("the target holds texts") }
        if present.count == 2 { return classes("the target holds two different values") }
        if target.facts.isWhole, present.count <= classLimit, present.count * 10 <= rows.count {
            return classes(
                "\(present.count) different whole numbers look like names of classes; write regression if they are amounts", written: "classification"
            )
        }
        return Task(outline: "regression", why: "the target holds numbers, \(present.count) different ones")
    }

    // MARK: Sizes

    var isRegression: Bool { task.classes.isEmpty }

    /// Shares of training, validation and test rows; nil: too few rows to hold any back.
    var split: [Double]? {
        let groups = isRegression || task.isOfLabels ? [rows.count] : task.classes.map(\.rows)
        let shares = rows.count >= 100 ? [[0.6, 0.2, 0.2], [0.8, 0.2, 0]] : [[0.8, 0.2, 0]]
        guard rows.count >= 20 else { return nil }
        return shares.first { shares in
            let parts = groups.map { Split.counts($0, shares) }
            return shares.indices.allSatisfy { part in shares[part] == 0 || parts.reduce(0) { $0 + $1[part] } > 1 }
        }
    }

    /// Columns of the matrix that the network sees.
    var inputWidth: Int { features.reduce(0) { $0 + ($1.kind == .numbers || $1.isBoolean ? 1 : $1.facts.distinct) } }

    var layers: (text: String, why: String) {
        let outputs = isRegression ? "one for the value" : task.isOfLabels ? "one per label" : "one per class"
        if rows.count >= 5000 { return ("[64, 32, auto]", "\(Self.grouped(rows.count)) rows can feed two hidden layers; auto: \(outputs)") }
        if inputWidth >= 50 { return ("[64, auto]", "a wider hidden layer for \(inputWidth) inputs; auto: \(outputs)") }
        if rows.count < 100 { return ("[16, auto]", "a small hidden layer for few rows; auto: \(outputs)") }
        return ("[32, auto]", "one hidden layer of 32 units; auto: \(outputs)")
    }

    /// About 3,000 steps of training in round numbers, but 10 passes over the rows at least.
    var epochs: Int {
        let trainRows = Double(rows.count) * (split?[0] ?? 1)
        let steps = max(1, Int((trainRows / 32).rounded(.up)))
        return [1000, 500, 300, 200, 150, 100, 80, 60, 50, 40, 30, 20].first { $0 * steps <= 3000 } ?? 10
    }

    static func grouped(_ number: Int) -> String {
        let digits = Array(String(number))
        return String(digits.indices.flatMap { $0 > 0 && (digits.count - $0) % 3 == 0 ? [",", digits[$0]] : [digits[$0]] })
    }
}

/// Whether a column can be learned from, or predicted.
enum FeatureJudgement {
    /// As many categories as a spec allows without being asked.
    private static let categoryLimit = 100

    /// Why a column is left out; nil if it is not.
    static func exclusion(_ column: ColumnProfile, _ table: TableProfile) -> String? {
        let (facts, gaps) = (column.facts, column.facts.missing)
        if column.kind == .empty { return "no row has a value here" }
        if gaps * 2 > table.rows { return "a value is missing in \(gaps) of \(table.rows) rows" }
        if facts.distinct == 1, gaps == 0 { return "the same value in every row" }
        if isOfNumbersBut(column, table), let row = (0..<table.rows).first(where: { !column.isMissing(row: $0) && column.number(row: $0) == nil }) {
            let word = Diagnostic.draftName(column.texts.text(column.textNumber(row: row)))
            return "numbers but for texts such as \(word) in line \(table.line(ofRow: row)): mend them, or list them in missing_values"
        }
        if let why = identity(column) { return why }
        if column.kind != .numbers {
            if isNames(column, table) { return "\(facts.distinct) different texts in \(table.rows) rows: names rather than categories" }
            if facts.distinct > categoryLimit { return "\(facts.distinct) categories; `max_categories` has to be raised for more than 100" }
            // A category of one kind of row may be missing among the training rows as a whole.
            if facts.distinct < 2 { return "one value only, where there is one" }
        }
        if column.isBeyondFloat, column.kind == .numbers { return "numbers beyond the range of float32" }
        return nil
    }

    /// Whether nearly all values are numbers, so many different ones that no one would call them categories.
    static func isOfNumbersBut(_ column: ColumnProfile, _ table: TableProfile) -> Bool {
        guard column.kind == .mixed, identity(column) != nil || isNames(column, table) || column.facts.distinct > categoryLimit else { return false }
        let numbers = (0..<table.rows).count { column.number(row: $0) != nil && !column.isMissing(row: $0) }
        return numbers * 5 >= column.facts.present * 4
    }

    private static func identity(_ column: ColumnProfile) -> String? {
        switch column.facts.identity {
        case .counter: "it counts the rows"
        case .numbers: "a different number in every row: an id"
        case .texts: "a different text in every row: an id or a name"
        case nil: nil
        }
    }

    /// Texts of which few stand twice.
    static func isNames(_ column: ColumnProfile, _ table: TableProfile) -> Bool {
        guard column.kind != .numbers else { return false }
        return column.facts.distinct > max(2, column.facts.present / 2)
    }

    static func canBeTarget(_ column: ColumnProfile, _ table: TableProfile) -> Bool {
        column.kind != .empty && identity(column) == nil && !isNames(column, table)
            && (column.kind == .numbers || column.facts.distinct <= categoryLimit)
    }
}
