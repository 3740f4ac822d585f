/// The table of settings as YAML with a comment beside each: `# =` and the default, what else may stand there, what it does.
struct AnnotatedSettings {
    private static let commentColumn = 31
    private static let width = 140

    private var lines: [String] = []

    /// Every setting that this version has, in its place; a mapping whose settings another block tells is written in short.
    static var whole: String {
        var text = AnnotatedSettings()
        var wasSection = false
        for setting in SettingsTable.root.settings where setting.isTold {
            let isSection = setting.hasBlock
            if isSection || wasSection { text.lines.append("") }
            text.add(setting, indent: "")
            wasSection = isSection
        }
        return text.joined
    }

    /// The kinds of layers with all their settings, as the list that `model.layers` is.
    static var layers: String {
        var text = AnnotatedSettings()
        let units = SettingsTable.dense.setting("units")?.example ?? ""
        text.add("- \(units)", "a number is a dense layer, {dense: {units: \(units)}}")
        for kind in SettingsTable.layerKinds where kind.isBuilt {
            guard case .record(let record) = kind.type else { continue }
            if let main = record.main.flatMap(record.setting), record.settings.allSatisfy({ $0.name == main.name || $0.name == "name" }) {
                let value = ValueForms.value(of: main) ?? ""
                let whole = "{\(main.name): \(value), name: \(SettingsTable.name.example ?? "")}"
                let forms = ValueForms.of(main.type).joined(separator: " | ")
                text.add("- \(kind.name): \(value)", "\(forms); \(kind.doc); in full: \(unbroken(whole))")
            } else {
                text.add("- \(kind.name):", kind.doc)
                for setting in record.settings where setting.isTold { text.add(setting, indent: "    ") }
            }
        }
        text.add("- auto", "as many units as the target needs: one for each class or target, one for two classes with binary_cross_entropy")
        return text.joined
    }

    /// An entry of `data.features` with all its settings, as the list that this is.
    static var features: String {
        var text = AnnotatedSettings()
        text.add("- age", "a name alone: {name: age}")
        for (index, setting) in SettingsTable.feature.settings.filter(\.isTold).enumerated() { text.add(setting, indent: index == 0 ? "- " : "  ") }
        return text.joined
    }

    private var joined: String { lines.map { $0 + "\n" }.joined() }

    // MARK: Lines

    private mutating func add(_ setting: Setting, indent: String) {
        guard setting.hasBlock, let record = setting.type.record else {
            return add("\(indent)\(setting.name): \(ValueForms.value(of: setting) ?? "")", Self.comment(setting))
        }
        add("\(indent)\(setting.name):", Self.comment(ofBlock: setting, record))
        let blanks = String(repeating: " ", count: indent.count)
        for inner in record.settings where inner.isTold { add(inner, indent: blanks + "  ") }
    }

    /// The comment beside a text, on as many lines as it takes.
    private mutating func add(_ text: String, _ comment: String) {
        var rest = comment.split(separator: " ").map { $0.replacing(Self.tie, with: " ") }[...]
        var line = text.padded(to: Self.commentColumn - 1) + (text.count >= Self.commentColumn - 1 ? "  #" : " #")
        while true {
            var isBegun = false
            while let word = rest.first, !isBegun || line.count + 1 + word.count <= Self.width {
                line += " " + word
                rest = rest.dropFirst()
                isBegun = true
            }
            lines.append(line)
            if rest.isEmpty { return }
            line = "".padded(to: Self.commentColumn) + "#  "
        }
    }

    /// A blank at which no line is broken.
    private static let tie = "\u{A0}"
    private static func unbroken(_ text: String) -> String { text.replacing(" ", with: tie) }

    private static func comment(_ setting: Setting) -> String {
        let isDefault = setting.standard != nil || setting.follows != nil
        // What follows from another setting is shown by an example, which is one of the values.
        var forms = ValueForms.of(setting.type, besides: setting.standard.map(ValueForms.written) ?? "").map { $0.hasPrefix("{") ? unbroken($0) : $0 }
        if let other = setting.follows.flatMap(SettingsTable.setting(at:)), ValueForms.of(other.type) == ValueForms.of(setting.type) {
            forms = ["its values"]
        }
        let values = forms.joined(separator: " | ")
        let head: String
        if setting.isRequired {
            head = forms.isEmpty ? "required" : "required: \(values)"
        } else if isDefault {
            head = (["=" + (setting.follows.map { " \($0)" } ?? "")] + forms).joined(separator: " | ")
        } else {
            head = values
        }
        return "\(head); \(setting.doc)"
    }

    private static func comment(ofBlock setting: Setting, _ record: SettingType.Record) -> String {
        let others = setting.type.alternatives.filter { $0.record == nil }.flatMap { ValueForms.of($0) }
        var words = setting.isRequired ? ["required"] : []
        if !others.isEmpty { words.append("or " + others.joined(separator: " | ")) }
        if let main = record.main, let example = record.setting(main).flatMap(ValueForms.value) {
            words.append("`\(setting.name): \(example)` is short for {\(main): \(example)}")
        }
        return (words + [setting.doc]).joined(separator: "; ")
    }
}

extension Setting {
    /// Whether the pages tell of it: it is built, and there is more than one value.
    var isTold: Bool { isBuilt && (hasChoice || isRequired) }

    /// Whether its settings stand below it; what has a default or an example of its own is written in short.
    var hasBlock: Bool { type.record != nil && standard == nil && example == nil }
}

extension String {
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
