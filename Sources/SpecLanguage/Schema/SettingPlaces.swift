import Diagnostics

/// Where settings live, for advice to someone who wrote a key elsewhere.
extension SettingsTable {
    /// The setting at a path such as `training.epochs`; nil if there is none.
    static func setting(at path: String) -> Setting? {
        var found: Setting?
        var record: SettingType.Record? = root
        for name in path.split(separator: ".", omittingEmptySubsequences: false) {
            found = record?.setting(String(name))
            record = found?.type.record
        }
        return found
    }

    /// A setting with its path.
    struct Place: Sendable {
        let path: String
        let setting: Setting
        /// Whether this version acts on it.
        let isHere: Bool
    }

    /// Every setting that has a path, sections before what is in them; lists of layers and features have none. `--set` takes these.
    static let places: [Place] = {
        func walk(_ record: SettingType.Record, _ prefix: String, _ isBuilt: Bool) -> [Place] {
            record.settings.flatMap { setting in
                let inner = setting.type.record.map { walk($0, "\(prefix)\(setting.name).", isBuilt && setting.isBuilt) } ?? []
                return [Place(path: prefix + setting.name, setting: setting, isHere: isBuilt && setting.isTold)] + inner
            }
        }
        return walk(root, "", true)
    }()

    /// The section of a path; that of a layer's settings, whose paths begin with its kind, is the model.
    private static func section(of path: String) -> String {
        let first = path.prefix { $0 != "." && $0 != "[" }
        return layerKinds.contains { $0.name == first } ? "model" : String(first)
    }

    private static func isInside(_ path: String) -> Bool {
        path.contains(".") || path.contains("[") || layerKinds.contains { $0.name == path }
    }

    /// Whether a setting's place is worth naming to someone who wrote a key at `path`: from inside a section only what lies in it.
    static func isNear(_ home: String, _ path: String) -> Bool { !isInside(path) || section(of: home) == section(of: path) }

    /// Where a setting of this name lives, the nearest to `path` first; nil if nowhere. Case, `-` and `_` do not count.
    static func path(of name: String, nearest path: String) -> String? {
        let plain = ForeignWords.plain(name)
        let found = places.map(\.path).filter { place in
            ForeignWords.plain(String(place.split(separator: ".").last ?? "")) == plain
        }
        let section = path.split(separator: ".").first.map(String.init) ?? ""
        return found.first { !section.isEmpty && $0.hasPrefix(section + ".") } ?? found.first
    }

    /// The path whose last name is spelled most like a key; nil if none is near.
    static func path(spelledLike key: String, from path: String) -> String? {
        let near = places.map(\.path).filter { isNear($0, path) }
        let names = near.map { String($0.split(separator: ".").last ?? "") }
        guard let name = Suggestion.nearest(key, among: names) else { return nil }
        return names.firstIndex(of: name).map { near[$0] }
    }
}
