import Diagnostics
import SpecLanguage

// What can be wrong with the target, its classes and the split.
extension Diagnostic {
    static func severalTargets(_ names: [String], task: String, at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E1301", "`task: \(task)` has one target, here are \(names.count): \(Shown.list(names))", at: place,
            fix: "name one column, or write `task: regression`")
    }

    static func oneClass(_ name: String, _ label: String, rows: Int, in source: CSVSource, at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E1302",
            "target \(Shown.text(name)) of \(source.file.name) has one class only: "
                + "\(Shown.text(label)) in all \(Shown.count(rows, "row")); there is nothing to tell apart",
            at: place, related: inHeader(name, source, "one value in every row"), fix: "add rows of another class")
    }

    static func notTwoClasses(_ name: String, _ classes: [String], in source: CSVSource, at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E1303",
            "a binary task needs 2 classes, target \(Shown.text(name)) of \(source.file.name) has \(classes.count): \(Shown.list(classes))",
            at: place, related: inHeader(name, source, "\(classes.count) classes"),
            fix: "write `task: classification`, with `loss: cross_entropy`")
    }

    /// The name of a column where its file has it.
    private static func inHeader(_ name: String, _ source: CSVSource, _ words: String) -> [Label] {
        source.place(ofColumn: name).map { [Label($0, words)] } ?? []
    }

    static func unknownLabels(_ table: DataTable, _ column: TableColumn, _ labels: [(text: String, count: Int)], first: Int32, classes: [String])
        -> Diagnostic
    {
        let isGiven = column.request.hasGivenCategories
        let shown = labels.prefix(10).map { "\(Shown.text($0.text)) (\(Shown.count($0.count, "row")))" }.joined(separator: ", ")
        let rest = labels.count > 10 ? " and \(labels.count - 10) more" : ""
        return Diagnostic(
            "E1304",
            "target \(Shown.text(column.request.name)) of \(table.source.file.name) has labels that are "
                + "\(isGiven ? "not in `data.classes`" : "none of the classes"): \(shown)\(rest), the first in line \(table.line(first, column))",
            at: table.range(first, column), notes: ["the classes are: \(Shown.list(classes))"],
            fix: isGiven ? "add them to `data.classes`, or write the labels like the classes" : "write the labels like the classes")
    }

    static func classesListedTwice(_ text: String, at place: SourceRange?) -> Diagnostic {
        Diagnostic("E1305", "`classes` lists \(Shown.text(text)) twice", at: place, fix: "remove one of them")
    }

    static func classesOfRegression(at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E1306", "`data.classes` does nothing: the task is a regression", at: place,
            fix: "remove it, or write `task: classification` if the numbers of the target are names of classes")
    }

    static func normalizedClasses(_ name: String, task: ResolvedTask, at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E1307", "`normalize_target: zscore` does nothing: target \(Shown.text(name)) holds classes, the task is \(task.rawValue)", at: place,
            label: "no effect", fix: "remove it, or write `task: regression` if the target holds quantities")
    }

    static func divergenceOfOneColumn(_ name: String, at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E1308", "`loss: kl_divergence` compares distributions, and target \(Shown.text(name)) is one column", at: place,
            notes: ["it takes several target columns of numbers that add up to 1 in each row, such as `target: [p1, p2, p3]`"],
            fix: "write `loss: cross_entropy` for a column of classes, or `loss: mse` for one of numbers")
    }

    /// - Parameters:
    ///   - value: the negative value, or the sum.
    ///   - count: how many rows are like that.
    static func notADistribution(
        _ table: DataTable, _ column: TableColumn, _ row: Int32, value: Double, isSum: Bool, count: Int, names: [String]
    ) -> Diagnostic {
        let what =
            isSum ? "its targets \(Shown.list(names)) add up to \(Shown.number(value))" : "target \(Shown.text(column.request.name)) is negative"
        return Diagnostic(
            "E1309", "line \(table.line(row, column)) of \(table.source.file.name) holds no distribution: \(what)", at: table.range(row, column),
            notes: (count > 1 ? ["\(count) rows are like that"] : []) + [
                "kl_divergence wants no negative target and the sum 1 (to 1e-3) in each row"
            ],
            fix: "divide the targets of each row by their sum" + (table.source.purpose == .training ? ", or choose another loss" : ""))
    }

    static func normalizedDistribution(at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E1310", "`normalize_target: zscore` would make the targets no distributions any more, and `loss: kl_divergence` compares such",
            at: place,
            fix: "remove it")
    }

    static func labelAmongFeatures(_ name: String, at place: SourceRange?, target: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E1311", "target \(Shown.text(name)) is also a feature: the network would be told the answer", at: place,
            related: target.map { [Label($0, "the target")] } ?? [], fix: "remove it from the list of `features`")
    }

    static func emptyPart(_ part: String, rows: Int, fraction: Double, counts: String, isStratified: Bool, at place: SourceRange?, isImplied: Bool)
        -> Diagnostic
    {
        Diagnostic(
            "E1401", "the \(part) part is empty: \(Shown.number(fraction)) of \(Shown.count(rows, "row")) gives no row (\(counts))", at: place,
            notes: (isImplied ? [impliedDefault("data.split", "{train: 0.8, validation: 0.2}")] : [])
                + (isStratified ? ["the split is stratified: each class is divided on its own"] : []),
            fix: isStratified
                ? "write `method: random`, larger parts, or `split: none`" : "ask for a larger part, set it to 0, or write `split: none`")
    }

    static func stratifiedWithoutClasses(at place: SourceRange?) -> Diagnostic {
        Diagnostic("E1402", "`method: stratified` needs classes, the task is a regression", at: place, fix: "write `method: random`")
    }

    static func noRowsLeft(_ table: DataTable) -> Diagnostic {
        Diagnostic(
            "E1403", "no row of \(table.source.file.name) is left: `missing: drop_row` drops all \(table.rows)",
            fix: "leave columns with many gaps out, or fill them: `missing: mean`")
    }
}

// What is told without stopping.
extension Diagnostic {
    static func rowsDropped(_ count: Int, _ table: DataTable, columns: [String]) -> Diagnostic {
        Diagnostic(
            "N1002",
            "\(Shown.count(count, "row")) of \(table.rows) in \(table.source.file.name) dropped: a value is missing "
                + "(`missing: drop_row`; \(columns.count == 1 ? "column" : "columns") \(Shown.list(columns)))")
    }

    static func constantColumns(_ names: [String], _ file: String, isListed: Bool) -> Diagnostic {
        Diagnostic(
            "W1002",
            "constant in all training rows of \(file): \(names.count == 1 ? "column" : "columns") \(Shown.list(names)); "
                + "not scaled, they tell the network nothing",
            fix: isListed ? "remove them from the list of `features`" : "leave them out with `exclude`")
    }

    static func onlyBlanksDiffer(_ name: String, _ a: String, _ b: String, _ file: String) -> Diagnostic {
        Diagnostic(
            "W1003",
            "categories of column \(Shown.text(name)) of \(file) differ by blanks only: \(Shown.text(a)) and \(Shown.text(b)) are kept apart",
            fix: "remove the blanks from the file if they mean the same")
    }

    static func classesAbsent(_ classes: [String], part: String) -> Diagnostic {
        Diagnostic("W1004", "\(classes.count == 1 ? "class" : "classes") \(Shown.list(classes)) absent from the \(part) rows")
    }

    static func categoriesAsOther(_ count: Int, _ table: DataTable, _ column: TableColumn, first: Int32) -> Diagnostic {
        Diagnostic(
            "W1005",
            "\(Shown.count(count, "value")) of column \(Shown.text(column.request.name)) of \(table.source.file.name) "
                + "taken as none of the known categories, the first in line \(table.line(first, column)): \(Shown.text(table.text(first, column)))")
    }

    static func numbersAsCategories(_ name: Sourced<String>, _ table: DataTable, _ texts: [String], mark: UInt8) -> Diagnostic {
        let shown = String(decoding: [mark], as: UTF8.self)
        return Diagnostic(
            "W1008",
            "column \(Shown.text(name.value)) of \(table.source.file.name) is taken for \(Shown.count(texts.count, "category", "categories")), "
                + "but its texts look like numbers with `\(shown)` in them: \(Shown.list(Array(texts.prefix(3))))",
            at: name.range, fix: "write `decimal: \"\(shown)\"`, or `{name: \(name.value), type: category}` if they are names")
    }

    static func equalClasses(_ a: String, _ b: String, _ name: String) -> Diagnostic {
        Diagnostic(
            "W1006",
            "classes \(Shown.text(a)) and \(Shown.text(b)) of target \(Shown.text(name)) are the same number written in two ways; "
                + "they are two classes",
            fix: "write them alike")
    }

    static func constantTargets(_ names: [String]) -> Diagnostic {
        Diagnostic("W1007", "\(names.count == 1 ? "target" : "targets") \(Shown.list(names)) constant in all training rows: not scaled")
    }

    static func filled(_ columns: [(name: String, count: Int, fill: String)], _ file: String) -> Diagnostic {
        let shown = columns.prefix(10).map { "\($0.name) \($0.count) with \($0.fill)" }.joined(separator: ", ")
        return Diagnostic(
            "N1101", "missing values of \(file) filled in: \(shown)\(columns.count > 10 ? " and \(columns.count - 10) more columns" : "")")
    }
}
