import Diagnostics
import SpecLanguage

/// Settings against what the data turned out to be: a setting that does nothing is a mistake.
enum SettingChecks {
    /// Errors: E1217, E1306, E1307, E1311. Warnings: W0301. All in one pass; what else the data say can still be found.
    static func data(_ spec: Spec, _ features: [FeatureSettings], _ table: DataTable, task: ResolvedTask, sink: DiagnosticSink) {
        for (settings, column) in zip(features, table.columns) {
            if let entry = settings.entry { check(entry, table, column, sink: sink) }
        }
        let isRegression = task == .regression
        let target = spec.data.targets[0]
        if isRegression, let classes = spec.data.classes { sink.emit(.classesOfRegression(at: classes.range, target: target.range)) }
        if !isRegression, task != .multilabel, spec.data.normalizeTarget.value {
            sink.emit(.normalizedClasses(target.value, task: task, at: spec.data.normalizeTarget.range))
        }
        targetAmongFeatures(spec.data, decided: task, mayBeMeant: mayLearnItsInput(spec), sink: sink)
    }

    /// As far as the spec tells, before the data decide the task.
    static func targetAmongFeatures(_ spec: Spec, sink: DiagnosticSink) {
        if spec.task.value == .auto, spec.data.targets.count == 1 {
            targetAmongFeatures(spec.data, decided: nil, mayBeMeant: mayLearnItsInput(spec), sink: sink)
        }
    }

    /// An autoencoder learns its own inputs, which are numbers.
    private static func mayLearnItsInput(_ spec: Spec) -> Bool { spec.task.value == .regression || spec.data.targets.count > 1 }

    /// - Parameter task: nil while it is not known.
    private static func targetAmongFeatures(_ data: DataSpec, decided task: ResolvedTask?, mayBeMeant: Bool, sink: DiagnosticSink) {
        guard let features = data.features, let target = data.targets.first, !mayBeMeant else { return }
        guard let twin = features.first(where: { $0.name.value.utf8.elementsEqual(target.value.utf8) }) else { return }
        let isOfLabels = task != nil && task != .regression && task != .multilabel
        sink.emit(
            isOfLabels
                ? .labelAmongFeatures(target.value, at: twin.name.range, target: target.range)
                : .targetAmongFeatures(target.value, at: twin.name.range, target: target.range))
    }

    private static func check(_ entry: DataSpec.Feature, _ table: DataTable, _ column: TableColumn, sink: DiagnosticSink) {
        if column.isCategory {
            if entry.encoding.value == .ordinal { return }
            guard let normalize = entry.normalize, normalize.range != nil, normalize.value != .none else { return }
            return sink.emit(.settingWithoutEffect("normalize: \(normalize.value.rawValue)", table, column, at: normalize.range))
        }
        if entry.unseen.value == .other { sink.emit(.settingWithoutEffect("unseen: other", table, column, at: entry.unseen.range)) }
        if entry.encoding.value != .oneHot {
            sink.emit(.settingWithoutEffect("encoding: \(entry.encoding.value.rawValue)", table, column, at: entry.encoding.range))
        }
        // A rendered spec writes every setting: a default changes nothing.
        if entry.maxCategories.range != nil, entry.maxCategories.value != DataSpec.Feature(name: entry.name).maxCategories.value {
            sink.emit(.settingWithoutEffect("max_categories: \(entry.maxCategories.value)", table, column, at: entry.maxCategories.range))
        }
    }
}
