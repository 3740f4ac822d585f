/// docs/spec-language.md, made from the table of settings and the prose around it; scripts/generate_docs.sh writes it.
public enum LanguagePage {
    public static var markdown: String {
        [
            LanguageProse.opening, LanguageProse.yaml, settings, layers, features, insideValues, words, LanguageProse.losses,
            LanguageProse.limitedMemory,
            LanguageProse.schedules,
            metrics, LanguageProse.extending,
            LanguageProse.checks, planned,
        ].joined(separator: "\n")
    }

    private static func block(_ text: String) -> String { "```yaml\n\(text)```\n" }

    private static var settings: String { LanguageProse.settings + "\n" + block(AnnotatedSettings.whole) }
    private static var layers: String { LanguageProse.layers + "\n" + block(AnnotatedSettings.layers) }
    private static var features: String { LanguageProse.features + "\n" + block(AnnotatedSettings.features) }

    // MARK: Inside values

    /// The settings that stand inside a value of another one, which the blocks show in short.
    private static var insideValues: String {
        var text = LanguageProse.insideValues + "\n| written | value | default | what it is |\n|---|---|---|---|\n"
        for (name, setting) in places {
            for type in setting.type.alternatives {
                switch type {
                case .kind(let kinds, main: nil): for kind in kinds where kind.isBuilt { text += rows(of: kind, in: name) }
                case .record(let record) where setting.standard != nil:
                    for inner in record.settings where inner.isTold { text += row("\(name): {\(inner.name): ...}", inner) }
                default: break
                }
            }
        }
        return text
    }

    /// Every setting of the sections that this version reads, with its path; a feature's and a layer's are the same as their section's.
    private static var places: [(path: String, setting: Setting)] {
        SettingsTable.root.settings.filter(\.isTold).flatMap { setting in
            guard setting.hasBlock, let record = setting.type.record else { return [(setting.name, setting)] }
            return record.settings.filter(\.isTold).map { ("\(setting.name).\($0.name)", $0) }
        }
    }

    private static func rows(of kind: SettingType.Kind, in name: String) -> String {
        guard case .record(let record) = kind.type else {
            return tableRow(["`\(name): {\(kind.name): ...}`", ValueForms.inner(kind.type), "", kind.doc])
        }
        return record.settings.map { row("\(name): {\(kind.name): {\($0.name): ...}}", $0) }.joined()
    }

    private static func row(_ written: String, _ setting: Setting) -> String {
        tableRow([
            "`\(written)`", ValueForms.of(setting.type).joined(separator: " or "), setting.standard.map(ValueForms.written) ?? "", setting.doc,
        ])
    }

    private static func tableRow(_ cells: [String]) -> String {
        "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
    }

    // MARK: Lists of words

    private static var words: String {
        func listed(_ names: [String]) -> String { names.joined(separator: ", ") }
        return wrapped("**Activations**: \(listed(SettingsTable.activationNames)).")
    }

    // MARK: Metrics

    /// One row for each definition.
    private static var metrics: String {
        var rows: [(names: [String], metric: Metric)] = []
        for metric in Metric.allCases {
            if let index = rows.firstIndex(where: { $0.metric.definition == metric.definition }) {
                rows[index].names.append("`\(metric.rawValue)`")
            } else {
                rows.append((["`\(metric.rawValue)`"], metric))
            }
        }
        let list = rows.map { row in
            let better = row.metric.higherIsBetter ? "higher" : "lower"
            let text = "- \(row.names.joined(separator: ", ")) (of \(targets(of: row.metric)), \(better) is better): \(row.metric.definition)."
            return wrapped(text, indent: "  ")
        }
        return LanguageProse.folds + LanguageProse.metrics + "\n" + list.joined()
    }

    private static func targets(of metric: Metric) -> String {
        switch metric.domain {
        case .classes: "classes"
        case .manyClasses: "more than \(metric.topCount ?? 0) classes"
        case .twoClasses: "`task: binary`"
        case .numbers: "numbers"
        }
    }

    /// Lines of at most 140 characters, broken at blanks; those after the first begin with `indent`.
    private static func wrapped(_ text: String, indent: String = "") -> String {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, last.count + 1 + word.count <= 140 {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append((lines.isEmpty ? "" : indent) + word)
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    // MARK: What is planned

    /// What the language has and this version has not.
    private static var planned: String {
        var fixed: [String] = []
        var without: [String] = []
        var values: [String] = []
        func look(at setting: Setting, _ path: String, of place: String = "") {
            if setting.isTold {
                let later = laterWords(setting.type)
                if !later.isEmpty, setting.follows == nil { values.append("`\(path): \(later.joined(separator: " | "))`\(place)") }
            } else if let standard = setting.standard {
                fixed.append("`\(path): \(ValueForms.written(standard))`\(place)")
            } else {
                without.append("`\(path)`\(place)")
            }
        }
        func walk(_ record: SettingType.Record, _ prefix: String) {
            for setting in record.settings {
                look(at: setting, prefix + setting.name)
                if setting.hasBlock, let inner = setting.type.record { walk(inner, "\(prefix)\(setting.name).") }
            }
        }
        walk(SettingsTable.root, "")
        for setting in SettingsTable.feature.settings { look(at: setting, setting.name, of: " of a feature") }
        for setting in SettingsTable.dense.settings { look(at: setting, setting.name, of: " of a layer") }
        let layers = SettingsTable.layerKinds.filter { !$0.isBuilt }.map(\.name)
        let lists = [
            ("Settings that have one value", fixed), ("Settings that may not be written", without), ("Values", values), ("Layers", layers),
        ]
        return LanguageProse.planned + "\n"
            + lists.filter { !$0.1.isEmpty }.map { wrapped("- **\($0.0)**: \($0.1.joined(separator: ", ")).", indent: "  ") }.joined()
    }

    private static func laterWords(_ type: SettingType) -> [String] {
        let inLists = type.alternatives.flatMap { if case .list(let element, _) = $0 { element.words(isBuilt: false) } else { [String]() } }
        return type.words(isBuilt: false) + inLists
    }
}
