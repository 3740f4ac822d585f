import Diagnostics
import SpecLanguage

/// Settings against what the data turned out to be: a setting that does nothing is a mistake.
enum SettingChecks {
    /// What kl_divergence wants of the target, as far as the spec tells. Errors: E1308, E1310.
    static func loss(_ spec: Spec, sink: DiagnosticSink) throws(Stopped) {
        guard spec.loss.value == .klDivergence else { return }
        if spec.data.targets.count == 1 { throw sink.fail(.divergenceOfOneColumn(spec.data.targets[0].value, at: spec.loss.range)) }
        if spec.data.normalizeTarget.value { throw sink.fail(.normalizedDistribution(at: spec.data.normalizeTarget.range)) }
    }

    /// Errors: E1217, E1306, E1307, E1311; all in one pass.
    static func data(_ spec: Spec, _ features: [FeatureSettings], _ table: DataTable, task: ResolvedTask, sink: DiagnosticSink) throws(Stopped) {
        for (settings, column) in zip(features, table.columns) {
            if let entry = settings.entry { check(entry, table, column, sink: sink) }
        }
        let isRegression = task == .regression
        let target = spec.data.targets[0]
        if isRegression, spec.data.classes != nil { sink.emit(.classesOfRegression(at: target.range)) }
        if !isRegression, spec.data.normalizeTarget.value {
            sink.emit(.normalizedClasses(target.value, task: task, at: spec.data.normalizeTarget.range))
        }
        // With numbers it may be an autoencoder, of which the spec's own checks warn.
        if !isRegression, let index = table.source.index(of: target.value), let twin = features.first(where: { $0.index == index }) {
            sink.emit(.labelAmongFeatures(target.value, at: twin.name.range, target: target.range))
        }
        try sink.throwIfErrors()
    }

    private static func check(_ entry: DataSpec.Feature, _ table: DataTable, _ column: TableColumn, sink: DiagnosticSink) {
        if column.isCategory {
            guard let normalize = entry.normalize, normalize.range != nil, normalize.value != .none else { return }
            return sink.emit(.settingWithoutEffect("normalize: \(normalize.value.rawValue)", table, column, at: normalize.range))
        }
        if entry.unseen.value == .other { sink.emit(.settingWithoutEffect("unseen: other", table, column, at: entry.unseen.range)) }
        // A rendered spec writes every setting: a default changes nothing.
        if entry.maxCategories.range != nil, entry.maxCategories.value != DataSpec.Feature(name: entry.name).maxCategories.value {
            sink.emit(.settingWithoutEffect("max_categories: \(entry.maxCategories.value)", table, column, at: entry.maxCategories.range))
        }
    }
}
