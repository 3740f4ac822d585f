import Datasets
import Diagnostics

// Why no spec is drafted for a file.
extension Diagnostic {
    static func draftOfOtherFormat(_ format: String, _ path: String) -> Diagnostic {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        let template =
            switch format {
            case "sqlite": "data: {path: \(file), query: SELECT * FROM ..., target: ...}"
            case "npz": "data: {inputs: \(file)#x, targets: \(file)#y}"
            default: "data: {inputs: \(file), targets: ...}"
            }
        return Diagnostic(
            "E1015", "`nnspec init` drafts specs for tables of texts, and \(path) is of format \(format)",
            fix: "write `\(template)` and `model: {layers: [16, auto]}` yourself")
    }

    static func draftWithoutTarget(_ table: TableProfile) -> Diagnostic {
        Diagnostic(
            "E1601", "no column of \(table.source.name) can be a target: all are empty, ids, or different in every row",
            notes: ["its columns are: \(draftList(table.columns.map(\.name)))"],
            fix: "add a column with what is to be predicted, or name one with `--target`")
    }

    static func draftTargetNotFound(_ table: TableProfile, _ name: String) -> Diagnostic {
        Diagnostic(
            "E1602", "`--target \(name)`: \(table.source.name) has no column of that name",
            notes: ["its columns are: \(draftList(table.columns.map(\.name)))"],
            fix: Suggestion.nearest(name, among: table.columns.map(\.name)).map { "did you mean `--target \($0)`?" })
    }

    static func draftWithoutFeatures(
        _ table: TableProfile, _ targets: [ColumnProfile], _ excluded: [(column: ColumnProfile, why: String)]
    ) -> Diagnostic {
        let file = table.source.name
        let names = draftList(targets.map(\.name))
        guard !excluded.isEmpty else {
            return Diagnostic(
                "E1603",
                targets.count == 1
                    ? "\(file) has one column, \(names): nothing is left to predict it from"
                    : "\(file) has no columns but the targets \(names): nothing is left to predict them from",
                fix: "add columns, or check what divides the columns of the file")
        }
        return Diagnostic(
            "E1604", "no column of \(file) is left to predict \(names) from",
            notes: excluded.prefix(8).map { "\(draftName($0.column.name)): \($0.why)" }, fix: "name another target with `--target`, or add columns")
    }

    static func draftTargetMissing(_ table: TableProfile, _ target: ColumnProfile, row: Int) -> Diagnostic {
        let texts = target.missingTexts.map { $0.isEmpty ? "nothing" : draftName($0) }.joined(separator: ", ")
        let rows = target.facts.missing
        return Diagnostic(
            "E1605",
            "the target \(draftName(target.name)) has no value in \(rows) of \(table.rows) rows of \(table.source.name), "
                + "the first in line \(table.line(ofRow: row))", at: table.range(ofRow: row, target),
            notes: ["what stands there: \(texts)"],
            fix: "remove \(rows == 1 ? "this row" : "these rows"), or name another target with `--target`")
    }

    static func draftOneValue(_ table: TableProfile, _ target: ColumnProfile, _ value: String) -> Diagnostic {
        Diagnostic(
            "E1606",
            "the target \(draftName(target.name)) of \(table.source.name) holds one class only, \(draftName(value)): nothing to tell apart",
            at: table.range(ofName: target), fix: "add rows of another class, or name another target with `--target`")
    }

    static func draftTargetOfNames(_ table: TableProfile, _ target: ColumnProfile) -> Diagnostic {
        Diagnostic(
            "E1607",
            "the target \(draftName(target.name)) of \(table.source.name) holds \(target.facts.distinct) different texts in \(table.rows) rows: "
                + "names rather than classes", at: table.range(ofName: target), fix: "name another target with `--target`")
    }

    static func draftTargetsOfKinds(_ table: TableProfile, _ targets: [ColumnProfile]) -> Diagnostic {
        func what(_ column: ColumnProfile) -> String {
            column.isLabel ? "true and false" : column.kind == .numbers ? "numbers" : column.kind == .mixed ? "numbers and texts" : "texts"
        }
        return Diagnostic(
            "E1610", "several targets are all numbers or all true and false, and those asked for are not",
            notes: targets.prefix(8).map { "\(draftName($0.name)) holds \(what($0))" },
            fix: "name columns of one kind with `--target`, or one column of classes")
    }

    static func draftTargetMixed(_ table: TableProfile, _ target: ColumnProfile, row: Int) -> Diagnostic {
        Diagnostic(
            "E1611",
            "the target \(draftName(target.name)) of \(table.source.name) holds numbers but for texts such as "
                + "\(draftName(target.texts.text(target.textNumber(row: row)))) in line \(table.line(ofRow: row))",
            at: table.range(ofRow: row, target), fix: "mend these values or remove their rows, or name another target with `--target`")
    }

    static func draftTargetTooLarge(_ table: TableProfile, _ target: ColumnProfile, row: Int?) -> Diagnostic {
        Diagnostic(
            "E1608", "the target \(draftName(target.name)) of \(table.source.name) holds numbers beyond the range of float32, 3.4e38",
            at: row.flatMap { table.range(ofRow: $0, target) }, fix: "scale it down, or name another target with `--target`")
    }

    static func draftDoesNotRun(_ path: String, _ problem: Diagnostic?) -> Diagnostic {
        Diagnostic(
            "E1609", "no spec that runs was found for \(path): \(problem?.message ?? "the draft has a mistake")",
            // A place in the draft is of no use to someone who never sees it.
            at: problem?.range.flatMap { $0.file.name == path ? $0 : nil }, related: problem?.related.filter { $0.range.file.name == path } ?? [],
            notes: problem?.notes ?? [], fix: problem?.fix)
    }

    static func draftWouldOverwrite(_ path: String) -> Diagnostic {
        Diagnostic(
            "E4020", "`--output \(path)`: something stands there already, and init overwrites nothing", fix: "choose another name, or remove it")
    }

    /// A text of the file on one line, in quotes if it is not plain, at most 40 characters of it.
    static func draftName(_ text: String) -> String {
        let short = text.count > 40 ? String(text.prefix(40)) + "..." : text
        let isPlain = !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "\"") }
        return isPlain ? short : JSONText.quoted(short)
    }

    private static func draftList(_ names: [String]) -> String {
        names.prefix(12).map(draftName).joined(separator: ", ") + (names.count > 12 ? " and \(names.count - 12) more" : "")
    }
}
