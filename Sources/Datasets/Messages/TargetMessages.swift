import Diagnostics
import SpecLanguage

// What can be wrong with the target, its classes and the split.
extension Diagnostic {
    static func oneClass(_ table: DataTable, _ column: TableColumn, _ label: String, rows: Int, at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E1302",
            "target \(Shown.text(column.request.name)) of \(table.source.name) has one class only: "
                + "\(Shown.text(label)) in all \(Shown.count(rows, "row")); there is nothing to tell apart",
            at: place, related: inHeader(table, column, "one value in every row"), fix: "add rows of another class")
    }

    static func notTwoClasses(_ table: DataTable, _ column: TableColumn, _ classes: [String], at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E1303",
            "a binary task needs 2 classes, target \(Shown.text(column.request.name)) of \(table.source.name) has \(classes.count): "
                + Shown.list(classes),
            at: place, related: inHeader(table, column, "\(classes.count) classes"),
            fix: "write `task: classification`, with `loss: cross_entropy`")
    }

    /// The name of a column where its file has it.
    private static func inHeader(_ table: DataTable, _ column: TableColumn, _ words: String) -> [Label] {
        table.source.headerRange(column.request.index).map { [Label($0, words)] } ?? []
    }

    static func unknownLabels(_ table: DataTable, _ column: TableColumn, _ labels: [(text: String, count: Int)], first: Int32, classes: [String])
        -> Diagnostic
    {
        let isGiven = column.request.hasGivenCategories
        let shown = labels.prefix(10).map { "\(Shown.text($0.text)) (\(Shown.count($0.count, "row")))" }.joined(separator: ", ")
        let rest = labels.count > 10 ? " and \(labels.count - 10) more" : ""
        return Diagnostic(
            "E1304",
            "target \(Shown.text(column.request.name)) of \(table.source.name) has labels that are "
                + "\(isGiven ? "not in `data.classes`" : "none of the classes"): \(shown)\(rest), the first in \(table.whereabouts(first, column))",
            at: table.place(first, column), notes: ["the classes are: \(Shown.list(classes))"],
            fix: isGiven ? "add them to `data.classes`, or write the labels like the classes" : "write the labels like the classes")
    }

    static func classesOfRegression(at place: SourceRange?, target: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E1306", "`data.classes` does nothing: the task is a regression", at: place, label: "no effect",
            related: target.map { [Label($0, "a column of numbers")] } ?? [],
            fix: "remove it, or write `task: classification` if the numbers of the target are names of classes")
    }

    static func normalizedClasses(_ name: String, task: ResolvedTask, at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E1307", "`normalize_target: zscore` does nothing: target \(Shown.text(name)) holds classes, the task is \(task.rawValue)", at: place,
            label: "no effect", fix: "remove it, or write `task: regression` if the target holds quantities")
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
            "E1309", "\(table.whereabouts(row, column)) of \(table.source.name) holds no distribution: \(what)", at: table.place(row, column),
            notes: (count > 1 ? ["\(count) rows are like that"] : []) + [
                "kl_divergence wants no negative target and the sum 1 (to 1e-3) in each row"
            ],
            fix: "divide the targets of each row by their sum" + (table.source.purpose == .training ? ", or choose another loss" : ""))
    }

    /// It may be meant: an autoencoder learns its own inputs.
    static func targetAmongFeatures(_ name: String, at place: SourceRange?, target: SourceRange?) -> Diagnostic {
        Diagnostic(
            "W0301", "`data.features` lists the target \(Shown.text(name)), which gives the answer away", at: place, label: "the answer",
            related: target.map { [Label($0, "the target")] } ?? [],
            fix: "remove it from the features, or write `task: regression` if the network is to learn its own input")
    }

    static func labelAmongFeatures(_ name: String, at place: SourceRange?, target: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E1311", "target \(Shown.text(name)) is also a feature: the network would be told the answer", at: place, label: "the answer",
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

    /// - Parameter keys: how many different ones there are.
    static func emptyPartOfKeys(_ part: String, _ key: String, keys: Int, goesByHash: Bool, at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E1405",
            "the \(part) part is empty: of the \(Shown.count(keys, "value")) of the key \(Shown.text(key)) none falls into it",
            at: place,
            notes: goesByHash ? ["each value of the key is one draw: with few values a part may get none"] : [],
            fix: goesByHash ? "ask for a larger part, try another `seed`, or set it to 0" : "write \(part) into the key of some rows")
    }

    static func noPart(_ table: DataTable, _ column: TableColumn, _ places: Places) -> Diagnostic {
        let row = places.rows[0]
        return Diagnostic(
            "E1406",
            "\(Shown.text(table.text(row, column))) in \(table.whereabouts(row, column)) is no part: column \(Shown.text(column.request.name)) of "
                + "\(table.source.name) divides the rows",
            at: table.place(row, column), related: places.rows.dropFirst().compactMap { table.range($0, column).map { Label($0, "here too") } },
            notes: places.count > 1 ? ["\(places.count) values are like that"] : [], fix: "write train, validation or test")
    }

    static func classesWithoutTraining(_ classes: [String], _ table: DataTable, _ column: TableColumn, first: Int32) -> Diagnostic {
        let isOne = classes.count == 1
        return Diagnostic(
            "E1305",
            "\(isOne ? "class" : "classes") \(Shown.list(classes)) of target \(Shown.text(column.request.name)) of \(table.source.name) "
                + "\(isOne ? "has" : "have") no training row, the first is in \(table.whereabouts(first, column))",
            at: table.place(first, column), notes: ["classes, like all else, are learnt from the training rows alone"],
            fix: "write `method: stratified`, divide the rows in another way, or list all classes in `data.classes` to train without these")
    }

    static func stratifiedWithoutClasses(at place: SourceRange?) -> Diagnostic {
        Diagnostic("E1402", "`method: stratified` needs the classes of one target", at: place, fix: "write `method: random`")
    }

    static func noRowsLeft(_ table: DataTable, at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E1403", "no row of \(table.source.name) is left: `missing: drop_row` drops all \(table.rows)", at: place,
            fix: "leave columns with many gaps out, or fill them: `missing: mean`")
    }
}

// What is told without stopping.
extension Diagnostic {
    static func rowsDropped(_ count: Int, _ table: DataTable, columns: [String]) -> Diagnostic {
        Diagnostic(
            "N1002",
            "\(Shown.count(count, "row")) of \(table.rows) in \(table.source.name) dropped: a value is missing "
                + "(`missing: drop_row`; \(columns.count == 1 ? "column" : "columns") \(Shown.list(columns)))")
    }

    /// - Parameter place: the first of them.
    static func constantColumns(_ names: [String], _ file: String, at place: SourceRange?, isListed: Bool) -> Diagnostic {
        let isOne = names.count == 1
        return Diagnostic(
            "W1002",
            "constant in all training rows of \(file): \(isOne ? "column" : "columns") \(Shown.list(names)); "
                + "not scaled, \(isOne ? "it tells" : "they tell") the network nothing", at: place,
            fix: isListed
                ? "remove \(isOne ? "it" : "them") from the list of `features`" : "leave \(isOne ? "it" : "them") out with `exclude`")
    }

    /// - Parameters:
    ///   - a: the number of the first of the two texts, b that of the second.
    static func onlyBlanksDiffer(_ table: DataTable, _ column: TableColumn, _ a: Int, _ b: Int) -> Diagnostic {
        let texts = [a, b].map { Shown.text(column.texts.text($0)) }
        return Diagnostic(
            "W1003",
            "categories of column \(Shown.text(column.request.name)) of \(table.source.name) differ by blanks only: "
                + "\(texts[0]) and \(texts[1]) are kept apart",
            at: table.range(ofText: b, column), related: table.range(ofText: a, column).map { [Label($0, "the other one")] } ?? [],
            fix: "remove the blanks from the file if they mean the same")
    }

    /// - Parameters:
    ///   - rare: those that have fewer rows than a stratified split has parts, with their number.
    ///   - place: the part's file, or what divides the one there is.
    static func classesAbsent(_ classes: [String], part: String, rare: [(name: String, rows: Int)], at place: SourceRange?) -> Diagnostic {
        let counts = rare.prefix(10).map { "\(Shown.list([$0.name])) \($0.rows)" }.joined(separator: ", ") + (rare.count > 10 ? ", ..." : "")
        return Diagnostic(
            "W1004", "\(classes.count == 1 ? "class" : "classes") \(Shown.list(classes)) absent from the \(part) rows", at: place,
            notes: rare.isEmpty
                ? [] : ["too few rows for each part, which a stratified split gives to train first, then to validation, then to test: \(counts)"])
    }

    /// The message for so many values, the first of which stands in a row of this table; it needs the table no more.
    static func categoriesAsOther(_ table: DataTable, _ column: TableColumn, first: Int32) -> (_ count: Int) -> Diagnostic {
        let (name, file, row) = (Shown.text(column.request.name), table.source.name, table.whereabouts(first, column))
        let (text, range) = (Shown.text(table.text(first, column)), table.place(first, column))
        return { count in
            Diagnostic(
                "W1005",
                "\(Shown.count(count, "value")) of column \(name) of \(file) taken as none of the known categories, "
                    + "the first in \(row): \(text)",
                at: range)
        }
    }

    static func numbersAsCategories(_ name: Sourced<String>, _ table: DataTable, _ column: TableColumn, _ texts: [String], mark: UInt8) -> Diagnostic
    {
        let shown = String(decoding: [mark], as: UTF8.self)
        return Diagnostic(
            "W1008",
            "column \(Shown.text(name.value)) of \(table.source.name) is taken for \(Shown.count(texts.count, "category", "categories")), "
                + "but its texts look like numbers with `\(shown)` in them: \(Shown.list(Array(texts.prefix(3))))",
            at: name.range ?? table.headerRange(column),
            fix: "write `decimal: \"\(shown)\"`, or `{name: \(YAMLText.scalar(name.value)), type: category}` if they are names")
    }

    /// - Parameters:
    ///   - a: the number of the first of the two labels, b that of the second.
    static func equalClasses(_ table: DataTable, _ column: TableColumn, _ a: Int, _ b: Int) -> Diagnostic {
        let texts = [a, b].map { Shown.text(column.texts.text($0)) }
        return Diagnostic(
            "W1006",
            "classes \(texts[0]) and \(texts[1]) of target \(Shown.text(column.request.name)) are the same number written in two ways; "
                + "they are two classes",
            at: table.range(ofText: b, column), related: table.range(ofText: a, column).map { [Label($0, "the other one")] } ?? [],
            fix: "write them alike")
    }

    /// - Parameter place: the first of them.
    static func constantTargets(_ names: [String], at place: SourceRange?) -> Diagnostic {
        Diagnostic("W1007", "\(names.count == 1 ? "target" : "targets") \(Shown.list(names)) constant in all training rows: not scaled", at: place)
    }

    static func filled(_ columns: [(name: String, count: Int, fill: String)], _ file: String) -> Diagnostic {
        let shown = columns.prefix(10).map { "\($0.name) \($0.count) with \($0.fill)" }.joined(separator: ", ")
        return Diagnostic(
            "N1101", "missing values of \(file) filled in: \(shown)\(columns.count > 10 ? " and \(columns.count - 10) more columns" : "")")
    }
}
