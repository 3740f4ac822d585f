import NNSpecKit

/// What a finished training tells a person.
enum TrainingSummary {
    static func text(_ summary: TrainSummary) -> String {
        let outline = summary.outline
        var text = "\(outline.name): \(outline.network), \(NumberText.count(outline.parameterCount, "parameter"))\n"
        text += ending(summary.record, outline) + "\n\n"
        text += EvaluationTable.text(summary.record.evaluations) + "\n"
        text += "wrote \(summary.folder)\n"
        let width = summary.files.map { $0.name.count }.max() ?? 0
        for file in summary.files { text += "  \(file.name.padded(to: width))  \(NumberText.bytes(file.bytes))\n" }
        return text + "done in \(NumberText.duration(summary.durationSeconds)) with \(NumberText.count(outline.threads, "thread"))\n"
    }

    private static func ending(_ record: TrainingRecord, _ outline: TrainingOutline) -> String {
        let trained = record.epochs.last?.epoch ?? 0
        let reason =
            switch record.stopReason {
            case .epochs: "all epochs done"
            case .early_stopping: "early stopping, which watches \(outline.stopping ?? "nothing")"
            case .converged: "converged"
            case .max_time: "the time allowed by max_time is over"
            case .interrupted: "interrupted"
            case .diverged: "the training diverged"
            }
        let kept = record.bestEpoch == 0 ? "kept the initial weights" : "kept epoch \(record.bestEpoch)"
        return "trained \(trained) of \(NumberText.count(outline.epochs, "epoch")) (\(reason)); \(kept) (\(rule(outline.monitor)))"
    }

    /// "validation.loss, lower is better" -> what it means for the weights.
    private static func rule(_ monitor: String?) -> String {
        guard let monitor, let name = monitor.split(separator: ",").first else { return "keeps the last epoch" }
        return "keeps the epoch with the \(monitor.contains("higher") ? "highest" : "lowest") \(name)"
    }
}
