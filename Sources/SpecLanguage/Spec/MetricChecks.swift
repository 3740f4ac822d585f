import Diagnostics

/// What is measured, and what chooses the best epoch by it.
extension SpecChecks {
    static let ofNumbers = ["mse", "rmse", "mae", "r2"]
    static let ofClasses = ["accuracy", "macro_f1", "log_loss"]
    /// They ask for the second of two classes.
    static let ofTwoClasses = ["precision", "recall", "f1"]

    /// What can be measured, as far as the spec settles it.
    private var measurable: [String] {
        switch settledTask {
        case .regression: Self.ofNumbers
        case .classification, .multilabel: Self.ofClasses
        case .binary: Self.ofClasses + Self.ofTwoClasses
        default: SettingsTable.builtMetrics
        }
    }

    /// Whether what settles the task can be trusted.
    private var isTaskKnown: Bool { root.isKnown("task") && root.isKnown("loss") && root.isKnown("data", "target") }

    /// Every misfit, not the first alone.
    func metrics() {
        guard case .named(let metrics) = spec.metrics.value else { return }
        sink.emitTwins(of: "metrics", metrics)
        let task = isTaskKnown ? settledTask : nil
        for metric in metrics {
            let isNumeric = Self.ofNumbers.contains(metric.value)
            if let task, !measurable.contains(metric.value) {
                sink.emit(
                    .metricAgainstTask(
                        metric, task.rawValue, measurable, wantsTwo: task == .classification && Self.ofTwoClasses.contains(metric.value),
                        task: taskPlace))
            }
            // Whatever the task turns out to be, it is one.
            if task == nil, let first = metrics.first, isNumeric != Self.ofNumbers.contains(first.value) {
                sink.emit(.metricOfAnotherTask(metric, first, measuresNumbers: isNumeric))
            }
        }
    }

    func monitor() {
        let name = spec.training.monitor
        if root.isKnown("metrics"), isTaskKnown {
            let known = (["loss"] + measured).map { "validation.\($0)" }
            guard known.contains(name.value) else {
                // What does not fit the task is told already, and is no advice.
                let fitting = known.filter { $0 == "validation.loss" || measurable.contains(String($0.dropFirst(11))) }
                return sink.emit(.unknownMonitor(name, fitting, canMeasure: measurable))
            }
        }
        let keep = spec.training.keep
        guard root.isKnown("data", "path"), root.isKnown("data", "split"), root.isKnown("data", "validation"), root.isKnown("training", "keep"),
            root.isKnown("training", "monitor"), !SpecCompletion.hasValidation(root)
        else { return }
        if keep.value == .best { return sink.emit(.bestWithoutRows(keep.range, why: whyNoRows)) }
        // With `keep: last` written beside it, the monitor is a default written out.
        if name.range != nil, keep.range == nil || name.value != "validation.loss" { sink.emit(.monitorWithoutRows(name, why: whyNoRows)) }
    }

    /// What leaves no rows for validation.
    private var whyNoRows: [Diagnostic.Label] {
        guard let data = root["data"] else { return [] }
        guard data["path"] != nil else { return label(data["train"]?.range, "no `validation` file stands beside it") }
        return label(data["split"]?["validation"]?.range ?? data["split"]?.range, "no rows for validation")
    }

    /// The metrics of this run; of both kinds of task where the data decides.
    private var measured: [String] {
        if case .named(let metrics) = spec.metrics.value { return metrics.map(\.value) }
        return isRegression ? Self.ofNumbers : isClassification || isMultilabel ? Self.ofClasses : Self.ofClasses + Self.ofNumbers
    }
}

extension Diagnostic {
    /// - Parameter wantsTwo: whether it is one of two classes, in a run that may have more.
    static func metricAgainstTask(
        _ metric: Sourced<String>, _ task: String, _ legal: [String], wantsTwo: Bool, task place: [Label]
    ) -> Diagnostic {
        Diagnostic(
            "E0325", "`\(metric.value)` is no metric of a \(task == "binary" ? "binary classification" : task)", at: metric.range,
            related: place, notes: ["known there: \(legal.joined(separator: ", "))"],
            fix: wantsTwo ? "it asks for the second of two classes: write `task: binary`, with one unit in the last layer" : nil)
    }

    static func metricOfAnotherTask(_ metric: Sourced<String>, _ first: Sourced<String>, measuresNumbers: Bool) -> Diagnostic {
        let (own, other) = measuresNumbers ? ("numbers", "classes") : ("classes", "numbers")
        return Diagnostic(
            "E0345", "`\(metric.value)` measures \(own), but `\(first.value)` measures \(other): no run has both", at: metric.range,
            related: first.range.map { [.init($0, "the first metric")] } ?? [], fix: "keep the metrics of one task")
    }

    /// - Parameter canMeasure: what the run could measure if `metrics` named it.
    static func unknownMonitor(_ monitor: Sourced<String>, _ known: [String], canMeasure: [String]) -> Diagnostic {
        let text = monitor.value
        // "val_loss", "valid.loss", "loss": the part after the prefix decides.
        let prefixes = ["validation_", "val_", "valid_", "eval_"]
        let bare =
            text.split(separator: ".", maxSplits: 1).dropFirst().first.map(String.init)
            ?? prefixes.first { text.hasPrefix($0) }.map { String(text.dropFirst($0.count)) } ?? text
        let near = Suggestion.nearest(bare, among: known.map { String($0.dropFirst(11)) }).map { "validation.\($0)" }
        let addition = canMeasure.contains(bare) ? "add `\(bare)` to `metrics`" : nil
        return Diagnostic(
            "E0330", "`training.monitor` names `\(text)`, which this run does not measure", at: monitor.range,
            notes: ["measured: \(known.joined(separator: ", "))"], fix: near.map { "did you mean `\($0)`?" } ?? addition)
    }
}
