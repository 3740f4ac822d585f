import Diagnostics

/// Advice to someone who wrote a key that is no setting where it stands.
struct KeyAdvice {
    let entry: YAMLEntry
    /// All keys that stand with it.
    let siblings: [YAMLEntry]
    let record: SettingType.Record
    let path: String

    private var key: String { entry.name }

    /// What to do; nil if there is nothing to say.
    var text: String? {
        let plain = ForeignWords.plain(key)
        if let own = record.settings.first(where: { ForeignWords.plain($0.name) == plain && !key.contains(".") }) { return "write `\(own.name)`" }
        return dotted ?? optimizerKind ?? noEffect ?? warmUp ?? layer ?? foreign ?? elsewhere ?? spelling
    }

    /// `training.epochs: 5`, as on the command line.
    private var dotted: String? {
        guard key.contains("."), SettingsTable.setting(at: key) != nil, path.isEmpty else { return nil }
        return "in a file sections are mappings: write `\(pasted(key) ?? Self.nested(key, "..."))`"
    }

    private var optimizerKind: String? {
        guard path == "optimizer" else { return nil }
        if ["name", "algorithm", "method", "kind"].contains(ForeignWords.plain(key)) {
            return "this language calls it `optimizer.type`\(shown("optimizer.type"))"
        }
        return OptimizerSpec.Kind(rawValue: key.lowercased()).map { "write `type: \($0.rawValue)`, with its settings beside it" }
    }

    /// What is meant would do nothing with the optimizer that stands beside it.
    private var noEffect: String? {
        guard path == "optimizer", let type = siblings.first(where: { $0.name == "type" })?.value.text.flatMap(OptimizerSpec.Kind.init(rawValue:)),
            let meant = Synonyms.setting(key)?.ours.split(separator: ".").last.map(String.init)
                ?? Suggestion.nearest(key, among: record.settings.map(\.name)),
            let users = OptimizerSpec.Kind.users.first(where: { $0.setting == meant })?.kinds, !users.contains(type)
        else { return nil }
        return "remove it: this language calls it `\(meant)`, which does nothing with `type: \(type.rawValue)`"
    }

    /// Inside a schedule the word for the warm-up is known, whatever its unit.
    private var warmUp: String? {
        let isMeant = ForeignWords.plain(key).hasPrefix("warmup") || ForeignWords.plain(key) == "burnin"
        return isMeant && record.setting("warmup_epochs") != nil ? "this language calls it `warmup_epochs`, and counts epochs" : nil
    }

    /// The section that the key belongs into, where it stands at the top level.
    var section: String? {
        guard path.isEmpty, !key.contains(".") else { return nil }
        let home = Synonyms.setting(key)?.ours ?? SettingsTable.path(of: key, nearest: path) ?? SettingsTable.path(spelledLike: key, from: path)
        return home.map { String($0.prefix { $0 != "." }) }
    }

    /// The section that is meant beyond doubt, so that what stands inside can be checked too: a spelling of it, or another tool's word for one
    /// in which nothing is required.
    var sectionMeant: Setting? {
        guard path.isEmpty, entry.value.entries != nil else { return nil }
        let plain = ForeignWords.plain(key)
        let names = record.settings.filter { $0.type.record != nil && $0.standard == nil }.map(\.name)
        let spelled = names.first { ForeignWords.plain($0) == plain } ?? Suggestion.nearest(key, among: names)
        let foreign = Synonyms.setting(key).flatMap { known in known.remark == nil ? known.ours : nil }
        guard let name = foreign ?? spelled, names.contains(name), let setting = record.setting(name) else { return nil }
        return foreign == nil || !setting.isRequired ? setting : nil
    }

    // MARK: Layers

    private var isInSection: Bool { !path.contains(".") && !path.contains("[") && !SettingsTable.layerKinds.contains { $0.name == path } }

    /// A layer, or a setting of one, in a place where no layers are.
    private var layer: String? {
        if path == "dropout", ["p", "probability", "dropoutrate", "ratio", "rate"].contains(ForeignWords.plain(key)) {
            return "this language calls it `rate`"
        }
        if isInSection, let setting = SettingsTable.dense.settings.first(where: { ForeignWords.plain($0.name) == ForeignWords.plain(key) }),
            SettingsTable.path(of: key, nearest: path) == nil
        {
            return "it belongs in a layer, in `model.layers`: \(inALayer(setting.name))"
        }
        let kind = Synonyms.layer(key)
        guard let kind, kind.name != "activation", Synonyms.setting(key) == nil else { return nil }
        if !kind.isBuilt {
            guard isInSection || path == "dense" else { return nil }
            return "it is a layer, `\(kind.name)`, which is not available in this version"
        }
        return isInSection || path == "dense" ? asALayer(kind.name) : nil
    }

    private func asALayer(_ kind: String, hasSameValue: Bool = true) -> String {
        let value = entry.value.text.flatMap { hasSameValue && CoreSchema.looksNumeric($0) ? $0 : nil } ?? "..."
        return "it is a layer: write `- \(kind): \(value)` in `model.layers`"
    }

    private func inALayer(_ name: String, hasSameValue: Bool = true) -> String {
        let units = SettingsTable.dense.setting("units")?.example ?? ""
        let value = (hasSameValue ? fitting(SettingsTable.dense.setting(name)) : nil) ?? "..."
        return name == "units" ? "`dense: {units: \(value)}`" : "`dense: {units: \(units), \(name): \(value)}`"
    }

    // MARK: Settings of other names and in other places

    private var foreign: String? {
        guard let known = Synonyms.setting(key) else {
            return path.isEmpty || path == "training" || path == "data" || path == "optimizer" || path == "dense" ? Synonyms.absence(key) : nil
        }
        let remark = known.remark.map { " (\($0))" } ?? ""
        if let own = record.setting(known.ours) {
            let value = known.remark == nil && !isFromCommandLine ? fitting(own) : nil
            return "this language calls it `\(known.ours)`\(value.map { ", as in `\(known.ours): \($0)`" } ?? "")\(remark)"
        }
        // `data.normalize: zscore` is a path with the value that is meant.
        let home = String(known.ours.prefix { $0 != ":" })
        if let setting = SettingsTable.setting(at: home) {
            guard SettingsTable.isNear(home, path) else { return nil }
            // Where the two differ, the value is not the same.
            let example = home == "model.layers" ? layers : home == known.ours && known.remark == nil ? shown(home) : ""
            let rest = setting.hasChoice ? example : ", which is not available in this version"
            return "this language calls it `\(known.ours)`\(rest)\(remark)"
        }
        guard isInSection || path == "dense" else { return nil }
        guard path.isEmpty || path == "model" || path == "training" || path == "dense" else { return nil }
        if SettingsTable.dense.setting(known.ours) != nil {
            let example = inALayer(known.ours, hasSameValue: known.remark == nil)
            return "it belongs in a layer, and this language calls it `\(known.ours)`: \(example)\(remark)"
        }
        return SettingsTable.layerKinds.contains { $0.name == known.ours && $0.isBuilt }
            ? asALayer(known.ours, hasSameValue: known.remark == nil) + remark : nil
    }

    /// Widths of hidden layers, which is all that others list -> all layers.
    private var layers: String {
        guard case .sequence(let items) = entry.value.kind, !items.isEmpty, items.allSatisfy({ CoreSchema.isNumber($0.plainText ?? "") }) else {
            return ", as in `model: {layers: \(SettingsTable.model.setting("layers")?.example ?? "")}`"
        }
        return ", as in `model: {layers: [\((items.compactMap(\.text) + ["auto"]).joined(separator: ", "))]}`"
    }

    private var elsewhere: String? {
        guard let home = SettingsTable.path(of: key, nearest: path), SettingsTable.isNear(home, path) else { return nil }
        let isHere = SettingsTable.places.first { $0.path == home }?.isHere ?? false
        return "it belongs in another place: `\(home)`\(isHere ? shown(home) : ", which is not available in this version")"
    }

    private var spelling: String? {
        if let near = Suggestion.nearest(key, among: record.settings.map(\.name)) { return "did you mean `\(near)`?" }
        return SettingsTable.path(spelledLike: key, from: path).map { "did you mean `\($0)`?" }
    }

    // MARK: What can be pasted

    /// ", as in `training: {epochs: 5}`" with the value that was written, if that is legal there.
    private func shown(_ home: String) -> String {
        guard isFromCommandLine else { return pasted(home).map { ", as in `\($0)`" } ?? "" }
        return fitting(SettingsTable.setting(at: home)).map { ", as in `--set \(home)=\($0)`" } ?? ""
    }

    private var isFromCommandLine: Bool { entry.key.range.file.name == "--set" }

    private func pasted(_ home: String) -> String? {
        guard let value = fitting(SettingsTable.setting(at: home)) else { return nil }
        let start = path + "."
        return Self.nested(!path.isEmpty && home.hasPrefix(start) ? String(home.dropFirst(start.count)) : home, value)
    }

    /// The value as it was written, if it is short and the setting takes it.
    private func fitting(_ setting: Setting?) -> String? {
        guard let setting, setting.hasChoice, !entry.value.isNull else { return nil }
        let text = entry.value.range.text
        let trial = DiagnosticSink()
        guard text.count <= 40, !text.contains("\n") else { return nil }
        // `warm_start: true` is no path called true.
        let isBoolean = entry.value.plainText.flatMap(CoreSchema.boolean) != nil
        if isBoolean, !setting.type.alternatives.contains(where: { if case .boolean = $0 { true } else { false } }) { return nil }
        if Decoder(sink: trial).decode(entry.value, setting.type, setting.name) != nil, trial.diagnostics.isEmpty { return text }
        // The value may be another tool's word too.
        return entry.value.text.flatMap { Synonyms.value(of: $0, among: setting.type.words(isBuilt: true)) }
    }

    /// `a.b.c` and a value -> `a: {b: {c: value}}`.
    private static func nested(_ path: String, _ value: String) -> String {
        let names = path.split(separator: ".")
        return names.dropLast().map { "\($0): {" }.joined() + "\(names.last ?? ""): \(value)" + String(repeating: "}", count: names.count - 1)
    }
}
