import Diagnostics

extension Decoder {
    func list(_ node: YAMLNode, _ element: SettingType, _ nonEmpty: Bool, _ type: SettingType, _ path: String) -> Resolved? {
        guard case .sequence(let items) = node.kind else {
            sink.emit(.wrongType(path, type, node))
            return nil
        }
        if nonEmpty, items.isEmpty {
            sink.emit(.emptyList(path, node.range))
            return nil
        }
        let inside = under(nil)
        let decoded = items.enumerated().map { inside.decode($1, element, "\(path)[\($0)]") }
        let list = Resolved(.list(decoded.compactMap { $0 }), origin(node))
        return decoded.contains { $0 == nil } ? list.damaged : list
    }

    func map(_ node: YAMLNode, _ element: SettingType, _ type: SettingType, _ path: String) -> Resolved? {
        guard case .mapping(let entries) = node.kind else {
            sink.emit(.wrongType(path, type, node))
            return nil
        }
        let decoded = entries.map { entry in
            under(entry.key).decode(entry.value, element, "\(path).\(entry.name)").map {
                (key: Resolved(.text(entry.name), origin(entry.key)), value: $0)
            }
        }
        let map = Resolved(.map(decoded.compactMap { $0 }), origin(node))
        return node.isDamaged || decoded.contains { $0 == nil } ? map.damaged : map
    }

    func record(_ node: YAMLNode, _ record: SettingType.Record, _ type: SettingType, _ path: String) -> Resolved? {
        guard case .mapping(let entries) = node.kind else {
            if let main = record.main, let setting = record.setting(main) {
                return decode(node, setting.type, path.hasSuffix("]") || path == main ? "\(path)" : "\(path).\(main)").map {
                    Resolved(members(of: record, [main: $0]), origin(node))
                }
            }
            sink.emit(.wrongType(path, type, node))
            return nil
        }
        var values: [String: Resolved] = [:]
        var isDamaged = isBaseMissing || node.isDamaged
        var isWhole = true
        var meant: Set<String> = []
        for entry in entries where !(path.isEmpty && entry.name.hasPrefix("x-")) {
            guard let setting = record.setting(entry.name) else {
                let advice = KeyAdvice(entry: entry, siblings: entries, record: record, path: path)
                (isDamaged, isWhole) = (true, false)
                // Nobody reads advice on the five hundredth key or on one as long as a book, and it takes its time.
                guard sink.diagnostics.count < 500, entry.name.utf8.count < 200 else {
                    sink.emit(.unknownKey(advice, fix: nil))
                    continue
                }
                sink.emit(.unknownKey(advice, fix: advice.text))
                if let section = advice.section { meant.insert(section) }
                // Its own mistakes are told in the same pass.
                if let section = advice.sectionMeant, !entries.contains(where: { $0.name == section.name }), values[section.name] == nil {
                    values[section.name] = decode(entry.value, section.type, section.name)?.damaged
                }
                continue
            }
            let inner = path.isEmpty ? entry.name : "\(path).\(entry.name)"
            if entry.value.isNull, entry.value.text == "" || !(setting.type.words.contains("a name")) {
                sink.emit(.noValue(inner, YAMLNode(entry.value.kind, entry.value.text == "" ? entry.key.range : entry.value.range), setting.type))
                values[entry.name] = standIn(for: setting)
                isWhole = false
            } else if let value = under(entry.key).decode(entry.value, setting.type, inner) {
                if setting.isBuilt || isStandard(value, setting) {
                    values[entry.name] = value
                } else {
                    sink.emit(.notAvailable("`\(inner)`", entry.key.range))
                    values[entry.name] = standIn(for: setting)
                    isWhole = false
                }
            } else {
                values[entry.name] = standIn(for: setting)
                isWhole = false
            }
        }
        for setting in record.settings where setting.isRequired && !entries.contains(where: { $0.name == setting.name }) {
            // Array files name no columns, also where they are those of a part.
            let isNeedless = entries.contains { entry in
                setting.needlessBeside.contains(entry.name) || entry.value.entries?.contains { setting.needlessBeside.contains($0.name) } == true
            }
            if isNeedless { continue }
            // A synonym in its place has been explained already.
            let isTold = isBaseMissing || node.isDamaged || meant.contains(setting.name)
            if isWhole || path.isEmpty, !isTold { sink.emit(.missingKey(setting, path, key, node.range)) }
            values[setting.name] = standIn(for: setting)
            isWhole = false
        }
        let found = Resolved(members(of: record, values), origin(node))
        return isDamaged ? found.damaged : found
    }

    /// The same decoder for what stands inside a key.
    private func under(_ key: YAMLNode?) -> Decoder {
        var inside = self
        inside.key = key?.range
        return inside
    }

    /// What is put where a mistake was told, so that the rest can be checked: the default, or an empty value of the right shape.
    func standIn(for setting: Setting) -> Resolved {
        if let standard = setting.standard { return Resolved(standard).damaged }
        guard case .record(let record) = setting.type else { return Resolved(.text("")).damaged }
        let required = record.settings.filter { $0.isRequired && $0.standard == nil }.map { ($0.name, standIn(for: $0)) }
        return Resolved(members(of: record, Dictionary(uniqueKeysWithValues: required))).damaged
    }

    private func isStandard(_ value: Resolved, _ setting: Setting) -> Bool {
        setting.standard.map { SpecText.flow(Resolved($0)) == SpecText.flow(value) } ?? false
    }

    /// All settings of a record in the table's order: what was written, else the default; settings without either are left out.
    func members(of record: SettingType.Record, _ values: [String: Resolved]) -> Resolved.Content {
        .record(
            record.settings.compactMap { setting in
                if let value = values[setting.name] { return (setting.name, value) }
                if let standard = setting.standard { return (setting.name, Resolved(standard)) }
                // A section that is left out has its defaults; alternatives and required things have none.
                if case .record(let inner) = setting.type, !setting.isRequired { return (setting.name, Resolved(members(of: inner, [:]))) }
                return nil
            })
    }

    func kind(_ node: YAMLNode, _ kinds: [SettingType.Kind], _ main: String?, _ type: SettingType, _ path: String) -> Resolved? {
        switch node.kind {
        case .mapping(let entries):
            guard let entry = entries.first, entries.count == 1 else {
                if node.isDamaged { return nil }
                let isSeveralLayers = main != nil && entries.count { entry in kinds.contains { $0.name == entry.name } } > 1
                sink.emit(isSeveralLayers ? .severalLayers(node, kinds) : .severalKinds(path, node, kinds))
                return nil
            }
            guard let kind = kinds.first(where: { $0.name == entry.name }) else {
                sink.emit(.unknownKind(entry.key, in: node, kinds, path, isAdvised: sink.diagnostics.count < 500))
                return nil
            }
            guard kind.isBuilt else {
                sink.emit(.notAvailable("`\(kind.name)`", entry.key.range))
                return nil
            }
            if entry.value.isNull {
                sink.emit(.noValue("\(path).\(kind.name)", YAMLNode(entry.value.kind, entry.key.range), nil))
                return nil
            }
            return under(entry.key).decode(entry.value, kind.type, main == nil ? "\(path).\(kind.name)" : kind.name).map {
                let value = Resolved(.kind(kind.name, $0), origin(node))
                return node.isDamaged ? value.damaged : value
            }
        case .scalar(let text, let isPlain):
            if let kind = kinds.first(where: { $0.name == text }) {
                guard kind.isBuilt else {
                    sink.emit(.notAvailable("`\(kind.name)`", node.range))
                    return nil
                }
                if case .record(let record) = kind.type, !record.settings.contains(where: \.isRequired) {
                    return Resolved(.kind(kind.name, Resolved(members(of: record, [:]), origin(node))), origin(node))
                }
                sink.emit(.kindNeedsValue(kind, node.range))
                return nil
            }
            if let main, let kind = kinds.first(where: { $0.name == main }) {
                // A word that is neither a kind nor what the main one could read.
                if !CoreSchema.looksNumeric(text), text != "auto", !isPlain || CoreSchema.boolean(text) == nil {
                    sink.emit(.unknownKind(node, kinds, path, isAdvised: sink.diagnostics.count < 500))
                    return nil
                }
                return decode(node, kind.type, "\(path)").map { Resolved(.kind(kind.name, $0), origin(node)) }
            }
            sink.emit(.wrongType(path, type, node))
            return nil
        case .sequence:
            sink.emit(.wrongType(path, type, node))
            return nil
        }
    }
}
