import Decimals
import Diagnostics
import SpecLanguage

// What can be wrong with the values of a column.
extension Diagnostic {
    /// Place, further places and their count in the words all messages on values share.
    private static func atPlaces(
        _ code: String, _ message: String, _ table: DataTable, _ column: TableColumn, _ places: Places, notes: [String] = [], fix: String?
    ) -> Diagnostic {
        let ranges = places.rows.compactMap { table.range($0, column) }
        var notes = notes
        if places.count > 1 {
            let numbers = places.rows.map { "\(table.number($0, column))" }.joined(separator: ", ")
            notes.insert(
                "\(Shown.count(places.count, "value is", "values are")) like that: \(table.source.unit.rawValue)s "
                    + "\(numbers)\(places.count > places.rows.count ? ", ..." : "")",
                at: 0)
        }
        return Diagnostic(
            code, message, at: ranges.first ?? table.source.place, related: ranges.dropFirst().map { Label($0, "here too") }, notes: notes, fix: fix)
    }

    private static func column(_ table: DataTable, _ column: TableColumn) -> String {
        "\(column.request.isTarget ? "target" : "column") \(Shown.text(column.request.name)) of \(table.source.name)"
    }

    private static func gaps(_ table: DataTable, _ column: TableColumn) -> String {
        let row = table.whereabouts(column.missing.rows[0], column)
        return "\(self.column(table, column)) has \(Shown.count(column.missing.count, "missing value")), the first in \(row)"
    }

    /// "x" in line 3, for the first of the places.
    private static func first(_ places: Places, _ table: DataTable, _ column: TableColumn) -> String {
        "\(Shown.text(table.text(places.rows[0], column))) in \(table.whereabouts(places.rows[0], column))"
    }

    static func badNumber(_ table: DataTable, _ column: TableColumn) -> Diagnostic {
        let row = column.badNumbers.rows[0]
        let text = table.text(row, column)
        let isTooLarge = NumberParser.parse(text, decimal: column.decimal) == .outOfRange
        return atPlaces(
            "E1201",
            "\(Shown.text(text)) is \(isTooLarge ? "out of range for a number" : "not a number"): "
                + "\(self.column(table, column)), \(table.whereabouts(row, column))",
            table, column, column.badNumbers,
            fix: NumberHint.of(
                text, decimal: column.decimal, isTarget: column.request.isTarget, isWeight: column.request.isWeight, table.source.purpose))
    }

    static func mixedColumn(_ table: DataTable, _ column: TableColumn) -> Diagnostic {
        let (texts, numbers) = (column.textPlaces, column.numberPlaces)
        let places = texts.count <= numbers.count ? texts : numbers
        let text = table.text(places.rows[0], column)
        let rest = texts.count <= numbers.count ? "not a number" : "a number among texts"
        // What the text most likely means comes first.
        let hint = texts.count <= numbers.count ? NumberHint.specific(text, decimal: column.decimal, isTarget: false) : nil
        let areBooleans = column.texts.count > 0 && column.texts.texts.allSatisfy { BooleanText.value(of: $0) != nil }
        let asCategories =
            areBooleans
            ? "write `{name: \(YAMLText.scalar(column.request.name)), type: boolean}` if these are true and false"
            : "write `{name: \(YAMLText.scalar(column.request.name)), type: category}` if these are categories"
        return atPlaces(
            "E1202",
            "\(self.column(table, column)) mixes \(Shown.count(numbers.count, "number")) with \(Shown.count(texts.count, "other text")): "
                + "\(Shown.text(text)) in \(table.whereabouts(places.rows[0], column)) is \(rest)", table, column, places,
            notes: hint == nil ? [] : ["or \(asCategories)"], fix: hint ?? "\(asCategories), or list what means \"missing\" in `missing_values`")
    }

    static func missingFeature(_ table: DataTable, _ column: TableColumn, isImplied: Bool) -> Diagnostic {
        atPlaces(
            "E1203",
            gaps(table, column),
            table, column, column.missing, notes: isImplied ? [impliedDefault("data.missing", "error")] : [],
            fix: "say what to do with them: `missing: drop_row`, mean, median, mode or {constant: 0}")
    }

    static func missingWithoutFill(_ table: DataTable, _ column: TableColumn) -> Diagnostic {
        atPlaces(
            "E1204",
            gaps(table, column) + ", and the model has no value to fill in", table, column, column.missing,
            notes: ["only a model trained with `missing: mean`, median, mode or a constant fills gaps; none drops rows here"],
            fix: "remove the rows with gaps from the file, or write the values in")
    }

    static func missingTarget(_ table: DataTable, _ column: TableColumn) -> Diagnostic {
        atPlaces(
            "E1205",
            gaps(table, column),
            table, column, column.missing, notes: ["`missing` is never applied to the target"], fix: "remove these rows or fill them in")
    }

    static func noValue(_ table: DataTable, _ column: TableColumn, rows: Int, part: String) -> Diagnostic {
        Diagnostic(
            "E1206", "\(self.column(table, column)) has no value in \(Shown.count(rows, "\(part)row"))", at: table.headerRange(column),
            label: "nothing but gaps", fix: "\(leaveOut(column)), or check `missing_values`")
    }

    private static func leaveOut(_ column: TableColumn) -> String {
        let name = column.request.name
        return column.request.isListed
            ? "remove \(Shown.text(name)) from the list of `features`" : "leave it out with `exclude: [\(YAMLText.scalar(name))]`"
    }

    static func moreColumnsLikeThat(_ count: Int, _ table: DataTable) -> Diagnostic {
        Diagnostic("E1207", "\(Shown.count(count, "more column")) of \(table.source.name) have errors of this kind", at: nil)
    }

    static func unseenCategory(_ table: DataTable, _ column: TableColumn, _ places: Places, categories: [String]) -> Diagnostic {
        let isTrained = table.source.purpose == .trainedModel
        let whose = isTrained ? "the categories of the model" : column.request.hasGivenCategories ? "the categories given" : nil
        let name = column.request.name
        return atPlaces(
            "E1208",
            "\(first(places, table, column)) is a new category: \(self.column(table, column))",
            table, column, places, notes: ["\(whose ?? "the categories of the training rows") are: \(Shown.list(categories))"],
            fix: isTrained
                ? "write one of these categories, or remove the row"
                : (column.request.hasGivenCategories ? "add it to `categories`, or" : "write")
                    + " `{name: \(YAMLText.scalar(name)), type: category, unseen: other}` to take new categories as none of the known ones")
    }

    /// - Parameter isNormalized: the number itself fits, what the fitted scale makes of it does not.
    static func beyondPrecision(
        _ table: DataTable, _ column: TableColumn, _ places: Places, _ precision: TrainingSpec.Precision, isNormalized: Bool = false
    ) -> Diagnostic {
        let remedy = precision == .float32 ? "write `precision: float64`" : "write `normalize: none` for it"
        return atPlaces(
            "E1209",
            "\(first(places, table, column)) is beyond the range of \(precision.rawValue)\(isNormalized ? " when it is normalized" : ""): "
                + self.column(table, column), table, column, places,
            notes: precision == .float32 ? ["the largest float32 is 3.4e38"] : [],
            fix: table.source.purpose == .trainedModel
                ? "correct the value, or remove the row" : "correct the value, scale the column down, or \(remedy)")
    }

    /// Points at the largest of the values that were to be fitted. `normalize` is nil for a target.
    static func tooLargeToNormalize(_ table: DataTable, _ column: TableColumn, _ rows: [Int32], _ normalize: DataSpec.Normalize?) -> Diagnostic {
        func magnitude(_ row: Int32) -> Double {
            let value = column.numbers[Int(row)].magnitude
            return value.isNaN ? -1 : value
        }
        var largest = rows.first ?? 0
        for row in rows where magnitude(row) > magnitude(largest) { largest = row }
        let remedy =
            switch normalize {
            case nil: ", or write `normalize_target: none`"
            // Without normalizing it is the mean of the values, to be filled in, that has no room.
            case DataSpec.Normalize.none?: ", or fill its gaps with a constant"
            default: ", or write `normalize: none` for it"
            }
        return Diagnostic(
            "E1210", "the values of \(self.column(table, column)) are too large to normalize: their spread is beyond the range of a number",
            at: table.place(largest, column), label: "the largest", fix: "scale the column down\(remedy)")
    }

    static func tooManyCategories(_ table: DataTable, _ column: TableColumn, found: Int, limit: Sourced<Int>) -> Diagnostic {
        Diagnostic(
            "E1211", "\(self.column(table, column)) has \(found) categories, more than max_categories: \(limit.value)",
            at: limit.range ?? table.headerRange(column), fix: "\(leaveOut(column)), or raise its max_categories")
    }

    static func fillNeedsNumbers(_ table: DataTable, _ column: TableColumn, _ policy: String, at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E1212", "`missing: \(policy)` needs numbers, \(self.column(table, column)) holds categories", at: place ?? table.headerRange(column),
            fix: "write `{name: \(YAMLText.scalar(column.request.name)), missing: mode}` or {constant: unknown} for it")
    }

    static func constantNotANumber(_ text: String, _ name: String, at place: SourceRange?) -> Diagnostic {
        Diagnostic("E1213", "`missing: {constant: \(text)}` is not a number, but column \(Shown.text(name)) is", at: place, fix: "write a number")
    }

    static func constantNotABoolean(_ text: String, _ name: String, at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E1218", "`missing: {constant: \(text)}` is neither true nor false, but column \(Shown.text(name)) is boolean", at: place,
            fix: "write true or false")
    }

    static func notABoolean(_ table: DataTable, _ column: TableColumn, _ places: Places) -> Diagnostic {
        let isTrained = table.source.purpose == .trainedModel
        return atPlaces(
            "E1219", "\(first(places, table, column)) is neither true nor false: \(self.column(table, column))", table, column, places,
            notes: ["expected \(BooleanText.expected), in upper or lower case"],
            fix: isTrained || column.request.isTarget
                ? "write one of these, or remove the row"
                : "write one of these, list what means \"missing\" in `missing_values`, or write `type: category`")
    }

    static func missingKey(_ table: DataTable, _ column: TableColumn) -> Diagnostic {
        atPlaces(
            "E1404", gaps(table, column) + ", and is the key of the split", table, column, column.missing,
            notes: ["a row without a key belongs to no part"], fix: "fill the key in, or remove these rows")
    }

    static func negativeWeight(_ table: DataTable, _ column: TableColumn, _ places: Places) -> Diagnostic {
        atPlaces(
            "E1272", "\(first(places, table, column)) is a weight below 0: \(self.column(table, column))", table, column, places,
            fix: "write a number from 0; a row that weighs 0 is not learnt from")
    }

    static func missingWeight(_ table: DataTable, _ column: TableColumn) -> Diagnostic {
        atPlaces(
            "E1273", gaps(table, column) + ", and weighs the rows", table, column, column.missing,
            notes: ["`missing` is never applied to weights"], fix: "write a weight, 0 for a row that shall not count, or remove these rows")
    }

    static func orderUnknown(_ table: DataTable, _ column: TableColumn, _ texts: [String], at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E1214", "`encoding: ordinal` does not know the order of \(self.column(table, column)): \(Shown.list(texts))",
            at: place ?? table.headerRange(column), notes: ["only numbers have an order of their own"],
            fix: "write it, lowest first: `categories: [\(texts.prefix(3).joined(separator: ", "))\(texts.count > 3 ? ", ..." : "")]`")
    }

    /// A setting for categories on a column of numbers, or the other way round.
    static func settingWithoutEffect(_ setting: String, _ table: DataTable, _ column: TableColumn, at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E1217", "`\(setting)` does nothing: \(self.column(table, column)) holds \(column.isCategory ? "categories" : "numbers")", at: place,
            label: "no effect", fix: column.isCategory ? "remove it" : "remove it, or write `type: category` if the numbers are names of categories")
    }

    /// - Parameters:
    ///   - a: the number of the first of the two texts, b that of the second.
    static func sameTextTwice(_ table: DataTable, _ column: TableColumn, _ a: Int, _ b: Int) -> Diagnostic {
        Diagnostic(
            "E1216",
            "\(self.column(table, column)) holds \(Shown.text(column.texts.text(b))) in two Unicode forms that look the same",
            at: table.range(ofText: b, column), related: table.range(ofText: a, column).map { [Label($0, "the other form")] } ?? [],
            fix: "write it in one form (NFC)")
    }
}
