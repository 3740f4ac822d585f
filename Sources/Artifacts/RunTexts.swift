import Diagnostics
import Training

/// metrics.csv: one row per epoch; an empty field where a metric is undefined.
enum MetricsFile {
    static func text(of record: TrainingRecord) -> String { header(of: record) + lines(of: record, prefix: "") }

    /// The epochs of all folds one after the other, behind a column `fold`.
    static func text(of record: FoldRecord) -> String {
        guard let first = record.folds.first else { return "" }
        return "fold," + header(of: first) + record.folds.enumerated().map { lines(of: $1, prefix: "\($0 + 1),") }.joined()
    }

    /// Whether a text of all folds has these epochs of one.
    static func isOf(_ fold: Int, _ record: TrainingRecord, in text: String) -> Bool {
        let own = text.split(separator: "\n").filter { $0.hasPrefix("\(fold),") }
        return own == lines(of: record, prefix: "\(fold),").split(separator: "\n")
    }

    private static func header(of record: TrainingRecord) -> String {
        var header = ["epoch", "learning_rate", "train.loss"]
        if record.hasValidation { header += ["validation.loss"] + record.metricNames.map { "validation.\($0)" } }
        return header.joined(separator: ",") + "\n"
    }

    private static func lines(of record: TrainingRecord, prefix: String) -> String {
        var result = ""
        for epoch in record.epochs {
            var fields = ["\(epoch.epoch)", "\(epoch.learningRate)", "\(epoch.trainLoss)"]
            if record.hasValidation {
                fields.append(epoch.validationLoss?.description ?? "")
                for index in record.metricNames.indices {
                    let value = index < epoch.validationMetrics.count ? epoch.validationMetrics[index] : nil
                    fields.append(value?.description ?? "")
                }
            }
            result += prefix + fields.joined(separator: ",") + "\n"
        }
        return result
    }
}

/// evaluation.json: flat, `<part>.<metric>`, in the order of the parts; null where a metric is undefined. `rows_sha256` is `Part.rowsDigest`.
enum EvaluationFile {
    static func text(of record: TrainingRecord) -> String {
        "{\n  " + record.members.map { "\(JSONText.quoted($0)): \($1)" }.joined(separator: ",\n  ") + "\n}\n"
    }

    /// Mean and spread of each number, `<part>.<metric>.mean` and `.std`, then each fold's own behind `fold-1.`.
    static func text(of record: FoldRecord) -> String {
        "{\n  " + record.members.map { "\(JSONText.quoted($0)): \($1)" }.joined(separator: ",\n  ") + "\n}\n"
    }

    /// Whether a text of all folds has these numbers of one.
    static func isOf(_ fold: Int, _ record: TrainingRecord, in text: String) -> Bool {
        let prefix = FoldFolder.name(fold) + "."
        let own = text.split(separator: "\n").map { $0.last == "," ? $0.dropLast() : $0 }.filter { $0.hasPrefix("  \"\(prefix)") }
        return own.map(String.init) == record.members.map { "  \(JSONText.quoted(prefix + $0.name)): \($0.text)" }
    }
}

extension TrainingRecord {
    /// What evaluation.json says of it: names, and values as JSON.
    fileprivate var members: [(name: String, text: String)] {
        var members: [(name: String, text: String)] = []
        for part in evaluations {
            members.append(("\(part.part).rows", "\(part.rows)"))
            if let digest = part.rowsDigest { members.append(("\(part.part).rows_sha256", JSONText.quoted(digest))) }
            members.append(("\(part.part).loss", JSONText.number(part.loss)))
            for metric in part.metrics { members.append(("\(part.part).\(metric.name)", JSONText.number(metric.value))) }
        }
        return members + [("best_epoch", "\(bestEpoch)"), ("stop_reason", JSONText.quoted(stopReason.rawValue))]
    }
}

extension FoldRecord {
    /// What evaluation.json says of them: names, and values as JSON.
    package var members: [(name: String, text: String)] {
        var members = [(name: "folds", text: "\(folds.count)")]
        for statistic in statistics {
            members.append(("\(statistic.part).\(statistic.name).mean", JSONText.number(statistic.mean)))
            members.append(("\(statistic.part).\(statistic.name).std", JSONText.number(statistic.deviation)))
        }
        for (index, fold) in folds.enumerated() {
            members += fold.members.map { ("\(FoldFolder.name(index + 1)).\($0.name)", $0.text) }
        }
        return members
    }
}
