/// Where settings live, for advice to someone who wrote a key elsewhere.
extension SettingsTable {
    /// The setting at a path such as `training.epochs`; nil if there is none.
    static func setting(at path: String) -> Setting? {
        var found: Setting?
        var record: SettingType.Record? = root
        for name in path.split(separator: ".") {
            found = record?.setting(String(name))
            record = found?.type.record
        }
        return found
    }

    /// The section of a path; that of a layer's settings, whose paths begin with its kind, is the model.
    private static func section(of path: String) -> String {
        let first = path.prefix { $0 != "." && $0 != "[" }
        return layerKinds.contains { $0.name == first } ? "model" : String(first)
    }

    /// Whether a setting's place is worth naming to someone who wrote a key at `path`: from inside a section only what lies in it.
    static func isNear(_ home: String, _ path: String) -> Bool {
        let isInside = path.contains(".") || path.contains("[") || layerKinds.contains { $0.name == path }
        return !isInside || section(of: home) == section(of: path)
    }

    /// What to do about another tool's word for a setting; nil where that setting does not exist or has nothing to do with this place.
    static func advice(for known: String, in record: SettingType.Record, _ path: String) -> String? {
        if record.setting(known) != nil { return "this language calls it `\(known)`" }
        let name = String(known.prefix { $0 != ":" })
        if let setting = setting(at: name) {
            guard isNear(name, path) else { return nil }
            return "this language calls it `\(known)`" + (setting.hasChoice ? "" : ", which is not available in this version")
        }
        guard path.isEmpty || section(of: path) == "model" else { return nil }
        if dense.setting(known) != nil { return "it belongs in a layer, and this language calls it `\(known)`: `dense: {\(known): ...}`" }
        return layerKinds.contains { $0.name == known && $0.isBuilt } ? "it is a layer: write `- \(known): ...` in `model.layers`" : nil
    }

    /// Where a setting of this name lives, the nearest to `path` first; nil if nowhere.
    static func path(of name: String, nearest path: String) -> String? {
        var found: [String] = []
        func walk(_ record: SettingType.Record, _ prefix: String, _ depth: Int) {
            for setting in record.settings where depth < 4 {
                let full = prefix.isEmpty ? setting.name : "\(prefix).\(setting.name)"
                if setting.name == name { found.append(full) }
                if let inner = setting.type.record { walk(inner, full, depth + 1) }
            }
        }
        walk(root, "", 0)
        let section = path.split(separator: ".").first.map(String.init) ?? ""
        return found.first { !section.isEmpty && $0.hasPrefix(section + ".") } ?? found.first
    }
}
