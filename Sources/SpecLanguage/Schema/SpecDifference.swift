/// A resolved spec cut down to what differs from the defaults.
enum SpecDifference {
    static func of(_ root: Resolved) -> Resolved { Resolved(.record(members(root, SettingsTable.root)), root.origin) }

    private static func members(_ value: Resolved, _ record: SettingType.Record) -> [(name: String, value: Resolved)] {
        guard case .record(let all) = value.content else { return [] }
        return all.compactMap { name, inner in
            guard let setting = record.setting(name), let kept = cut(inner, setting) else { return nil }
            return (name, kept)
        }
    }

    /// nil where the value is the default's, or follows from other settings.
    private static func cut(_ value: Resolved, _ setting: Setting) -> Resolved? {
        if value.isStandard, !setting.isRequired, setting.type.record == nil { return nil }
        if let standard = setting.standard, SpecText.flow(Resolved(standard)) == SpecText.flow(value) { return nil }
        return pruned(value, setting.type).flatMap { isEmpty($0) && !setting.isRequired ? nil : $0 }
    }

    private static func pruned(_ value: Resolved, _ type: SettingType) -> Resolved? {
        switch value.content {
        case .record:
            guard let record = type.record else { return value }
            return Resolved(.record(members(value, record)), value.origin)
        case .kind(let name, let inner):
            for case .kind(let kinds, _) in type.alternatives {
                guard let kind = kinds.first(where: { $0.name == name }) else { continue }
                return Resolved(.kind(name, pruned(inner, kind.type) ?? inner), value.origin)
            }
            return value
        case .list(let items):
            guard case .list(let element, _)? = type.alternatives.first(where: { if case .list = $0 { true } else { false } }) else { return value }
            return Resolved(.list(items.map { pruned($0, element) ?? $0 }), value.origin)
        default: return value
        }
    }

    private static func isEmpty(_ value: Resolved) -> Bool {
        if case .record(let members) = value.content { return members.isEmpty }
        return false
    }
}
