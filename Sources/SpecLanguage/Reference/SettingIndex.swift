/// The settings by their paths, for completions of `--set`.
public enum SettingIndex {
    /// The path of the setting that a word means, ours or another tool's: `epochs`, `batch-size`, `lr`; nil if none of this version.
    public static func path(meantBy word: String) -> String? {
        let home = SettingsTable.path(of: word, nearest: "") ?? Synonyms.setting(word)?.ours
        return home.flatMap { home in all.first { $0.path == home }?.path }
    }

    /// Sections are left out, unless a lone value may stand for them; so is what belongs in the file.
    public static var all: [(path: String, doc: String, words: [String])] {
        SettingsTable.places.filter { place in
            place.isHere && !["nnspec", "extends"].contains(place.path) && isSettable(place.setting.type)
        }.map { ($0.path, $0.setting.doc, words($0.setting.type)) }
    }

    private static func isSettable(_ type: SettingType) -> Bool {
        guard let record = type.record else { return true }
        return record.main != nil || type.alternatives.count > 1
    }

    /// The words, kinds with defaults and booleans that a value may be.
    private static func words(_ type: SettingType) -> [String] {
        if let main = type.record.flatMap({ record in record.main.flatMap(record.setting) }) { return words(main.type) }
        let isBoolean = type.alternatives.contains { if case .boolean = $0 { true } else { false } }
        let kinds = type.alternatives.flatMap { alternative -> [String] in
            guard case .kind(let kinds, main: nil) = alternative else { return [] }
            return kinds.filter { $0.isBuilt && ($0.type.record?.settings.allSatisfy { !$0.isRequired } ?? false) }.map(\.name)
        }
        return type.words(isBuilt: true) + kinds + (isBoolean ? ["true", "false"] : [])
    }
}
