import Diagnostics

/// What is measured, and what chooses the best epoch by it.
extension SpecChecks {
    /// What can be measured, as far as the spec settles it.
    private var measurable: [String] { Metric.allCases.filter { $0.fits(settledTask ?? .auto) }.map(\.rawValue) }

    /// Whether what settles the task can be trusted.
    private var isTaskKnown: Bool { root.isKnown("task") && root.isKnown("loss") && root.isKnown("data", "target") }

    /// Every misfit, not the first alone.
    func metrics() {
        guard case .named(let metrics) = spec.metrics.value else { return }
        sink.emitTwins(of: "metrics", metrics)
        let task = isTaskKnown ? settledTask : nil
        for metric in metrics {
            let isNumeric = isOfNumbers(metric.value)
            if let task, !measurable.contains(metric.value) {
                let wantsTwo = task == .classification && Metric(rawValue: metric.value)?.domain == .twoClasses
                sink.emit(.metricAgainstTask(metric, task.rawValue, measurable, wantsTwo: wantsTwo, task: taskPlace))
            }
            // Whatever the task turns out to be, it is one.
            if task == nil, let first = metrics.first, isNumeric != isOfNumbers(first.value) {
                sink.emit(.metricOfAnotherTask(metric, first, measuresNumbers: isNumeric))
            }
        }
    }

    private func isOfNumbers(_ name: String) -> Bool { Metric(rawValue: name)?.domain == .numbers }

    func monitors() {
        let training = spec.training
        if root.isKnown("training", "monitor"), isMeasured(training.monitor, "training.monitor", at: nil) { monitorOfBest() }
        if let rule = training.earlyStopping, root.isKnown("training", "early_stopping") {
            watched(rule.value.monitor, "training.early_stopping.monitor", at: rule.range)
            let direction = Metric.higherIsBetter(rule.value.monitor.value)
            if rule.value.mode.value != .auto, rule.value.higherIsBetter != direction {
                sink.emit(.modeAgainstMetric(rule.value.mode, rule.value.monitor, higherIsBetter: direction))
            }
        }
        if let monitor = training.schedule.value.monitor, root.isKnown("training", "schedule") {
            watched(monitor, "training.schedule.reduce_on_plateau.monitor", at: training.schedule.range)
        }
    }

    private func isMeasured(_ monitor: Sourced<String>, _ setting: String, at place: SourceRange?, others: [String] = []) -> Bool {
        guard root.isKnown("metrics"), isTaskKnown else { return true }
        let known = others + (["loss"] + measured).map { "validation.\($0)" }
        if known.contains(monitor.value) { return true }
        // What does not fit the task is told already, and is no advice.
        let fitting = known.filter { !$0.hasPrefix("validation.") || $0 == "validation.loss" || measurable.contains(String($0.dropFirst(11))) }
        sink.emit(.unknownMonitor(monitor, setting, fitting, canMeasure: measurable, at: monitor.range ?? place))
        return false
    }

    /// Whether the spec holds rows back, as far as it can be told.
    private var lacksValidation: Bool {
        root.isKnown("data", "path") && root.isKnown("data", "split") && root.isKnown("data", "validation") && !SpecCompletion.hasValidation(root)
    }

    private func monitorOfBest() {
        let (name, keep) = (spec.training.monitor, spec.training.keep)
        guard root.isKnown("training", "keep"), lacksValidation else { return }
        if keep.value == .best { return sink.emit(.bestWithoutRows(keep.range, why: whyNoRows)) }
        // With `keep: last` written beside it, the monitor is a default written out.
        if name.range != nil, keep.range == nil || name.value != "validation.loss" {
            sink.emit(.monitorWithoutRows(name, "training.monitor", at: name.range, why: whyNoRows, fix: "remove the monitor"))
        }
    }

    /// A value that something waits for in every epoch.
    private func watched(_ monitor: Sourced<String>, _ setting: String, at place: SourceRange?) {
        guard isMeasured(monitor, setting, at: place, others: ["train.loss"]), monitor.value != "train.loss", lacksValidation else { return }
        sink.emit(.monitorWithoutRows(monitor, setting, at: monitor.range ?? place, why: whyNoRows, fix: "write `monitor: train.loss`"))
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
        let tasks: [Spec.Task] =
            isRegression ? [.regression] : isClassification ? [.classification] : isMultilabel ? [.multilabel] : [.classification, .regression]
        return tasks.flatMap(Metric.standard).map(\.rawValue)
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
    static func unknownMonitor(
        _ monitor: Sourced<String>, _ setting: String, _ known: [String], canMeasure: [String], at place: SourceRange?
    ) -> Diagnostic {
        let text = monitor.value
        // "val_loss", "valid.loss", "loss": the part after the prefix decides.
        let prefixes = ["validation_", "val_", "valid_", "eval_", "train_"]
        let bare =
            text.split(separator: ".", maxSplits: 1).dropFirst().first.map(String.init)
            ?? prefixes.first { text.hasPrefix($0) }.map { String(text.dropFirst($0.count)) } ?? text
        let ofTraining = known.first { $0 == "train.loss" && text.hasPrefix("train") }
        let validation = known.filter { $0.hasPrefix("validation.") }
        let foreign = Synonyms.value(of: bare, among: canMeasure).map { "validation.\($0)" }.flatMap { known.contains($0) ? $0 : nil }
        let near =
            ofTraining ?? foreign ?? Suggestion.nearest(bare, among: validation.map { String($0.dropFirst(11)) }).map { "validation.\($0)" }
        let addition = canMeasure.contains(bare) && !known.contains("validation.\(bare)") ? "add `\(bare)` to `metrics`" : nil
        return Diagnostic(
            "E0330", "`\(setting)` names `\(text)`, which this run does not measure", at: place,
            notes: ["measured: \(known.joined(separator: ", "))"], fix: addition ?? near.map { "did you mean `\($0)`?" })
    }

    /// A direction that someone insists on against the metric's own.
    static func modeAgainstMetric(_ mode: Sourced<EarlyStoppingSpec.Mode>, _ monitor: Sourced<String>, higherIsBetter: Bool) -> Diagnostic {
        let (good, end) = higherIsBetter ? ("higher", "falls") : ("lower", "rises")
        return Diagnostic(
            "W0303", "of `\(monitor.value)` \(good) is better, but `mode: \(mode.value.rawValue)` stops when it no longer \(end)", at: mode.range,
            related: monitor.range.map { [.init($0, "what is watched")] } ?? [], fix: "remove `mode`, unless that is meant")
    }
}
