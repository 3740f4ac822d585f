import Datasets
import Diagnostics
import SpecLanguage

extension Metric {
    /// Why a part has no such number whatever is predicted: "all its rows are of the class a"; nil if nothing in the data stands against it.
    func hindrance(in part: Part, of target: TargetEncoding, givesProbabilities: Bool) -> String? {
        if needsProbabilities, !givesProbabilities { return "the outputs are no probabilities" }
        switch (part.targets, target) {
        case (.classes(let classes), .classes(_, let names)):
            switch self {
            case .auc_roc, .mcc:
                let counted = classes.indices.filter { part.counts($0) }
                guard let first = counted.first.map({ classes[$0] }), counted.allSatisfy({ classes[$0] == first }) else { return nil }
                return "all its rows\(part.weights == nil ? "" : " that weigh anything") are of the class \(names[Int(first)])"
            case .recall, .average_precision:
                guard names.count == 2, !classes.indices.contains(where: { classes[$0] == 1 && part.counts($0) }) else { return nil }
                return "none of its rows is of the class \(names[1])"
            default: return nil
            }
        case (.values(let values), .values(let names, _, _)):
            switch self {
            case .r2, .explained_variance:
                let column = (0..<values.columns).first { column in
                    let first = (0..<values.rows).first { part.counts($0) } ?? 0
                    return (0..<values.rows).allSatisfy { !part.counts($0) || values[$0, column] == values[first, column] }
                }
                return column.map { "the target \(names[$0]) is the same in all its rows" }
            case .mape:
                let column = (0..<values.columns).first { column in (0..<values.rows).contains { values[$0, column] == 0 && part.counts($0) } }
                return column.map { "the target \(names[$0]) is 0 in a row, and an error is no share of 0" }
            default: return nil
            }
        default: return nil
        }
    }

    /// The same where it depends on the predictions.
    var commonHindrance: String {
        switch self {
        case .precision, .f1, .mcc: "no row was predicted as a class that it asks for"
        case .kappa: "all rows are of one class and predicted as it"
        default: "it is 0 / 0"
        }
    }
}

extension Part {
    /// Whether a row weighs anything.
    fileprivate func counts(_ row: Int) -> Bool { weights.map { $0[row] > 0 } ?? true }
}

extension Diagnostic {
    static func undefinedMetric(_ name: String, why: String) -> Diagnostic {
        Diagnostic(
            "W2002", "\(name) is undefined and written as null: \(why)", notes: ["where it is undefined in an epoch, metrics.csv has an empty field"])
    }

    /// - Parameter setting: "training.early_stopping".
    static func watchesNothing(_ setting: String, _ monitor: Sourced<String>, at place: SourceRange?, why: String, target: Label?) -> Diagnostic {
        Diagnostic(
            "E1909", "`\(setting)` watches `\(monitor.value)`, which no epoch has: of the validation part \(why)", at: monitor.range ?? place,
            related: target.map { [$0] } ?? [], fix: "watch `validation.loss`, or hold back rows of every class for validation")
    }

    static func topOfFew(_ name: Sourced<String>, classes: Int, target: Label?) -> Diagnostic {
        Diagnostic(
            "E1910", "\(name.value) of \(classes) classes is always 1", at: name.range, label: "tells nothing", related: target.map { [$0] } ?? [],
            fix: "remove it, or write a smaller one")
    }
}
