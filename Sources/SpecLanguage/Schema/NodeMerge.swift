import Diagnostics

/// Deep merging of nodes: `extends` and `--set`. Mappings are merged key by key, lists and one-of mappings are replaced whole.
enum NodeMerge {
    static func merge(_ base: YAMLNode, under over: YAMLNode, _ type: SettingType) -> YAMLNode {
        guard case .mapping(let overEntries) = over.kind, !type.isKind else { return over }
        let base = expanded(base, type)
        guard case .mapping(var entries) = base.kind else { return over }
        // Both may be as long as a hostile file makes them; the keys of one are all different.
        let places = overEntries.count > 8 ? Dictionary(entries.enumerated().map { ($1.name, $0) }) { first, _ in first } : nil
        let count = entries.count
        for entry in overEntries {
            if let index = places.map({ $0[entry.name] }) ?? entries[..<count].firstIndex(where: { $0.name == entry.name }) {
                let inner = type.record?.setting(entry.name)?.type
                let value = inner.map { merge(entries[index].value, under: entry.value, $0) } ?? entry.value
                entries[index] = YAMLEntry(key: entry.key, value: value)
            } else {
                entries.append(entry)
            }
        }
        var merged = YAMLNode(.mapping(entries), over.range)
        merged.isDamaged = base.isDamaged || over.isDamaged
        return merged
    }

    /// `sgd` -> `{type: sgd}`, where a lone value stands for the main setting.
    private static func expanded(_ node: YAMLNode, _ type: SettingType) -> YAMLNode {
        guard node.entries == nil, let main = type.record?.main else { return node }
        return YAMLNode(.mapping([YAMLEntry(key: YAMLNode(.scalar(text: main, isPlain: true), node.range), value: node)]), node.range)
    }
}

/// `--set training.epochs=5` -> a tree of nodes that is merged over the file.
enum Override {
    static func read(_ text: String, sink: DiagnosticSink) throws(Stopped) -> YAMLNode {
        let file = SourceFile(name: "--set", text: text)
        guard let equals = file.bytes.firstIndex(of: UInt8(ascii: "=")), equals > 0 else { throw sink.fail(.badOverride(file)) }
        var keys: [YAMLNode] = []
        var start = 0
        for index in 0...equals where index == equals || file.bytes[index] == UInt8(ascii: ".") {
            guard index > start else { throw sink.fail(.badOverride(file)) }
            let range = SourceRange(file, start, index)
            guard keys.count < YAMLReader.maximumDepth else { throw sink.fail(.tooDeep(range)) }
            keys.append(YAMLNode(.scalar(text: range.text, isPlain: true), range))
            start = index + 1
        }
        var value = YAMLNode(.scalar(text: "", isPlain: true), SourceRange(file, 0, equals))
        if file.bytes[(equals + 1)...].contains(where: { $0 != 32 }) {
            value = try read(file, from: equals + 1, sink: sink)
        }
        for key in keys.reversed() {
            value = YAMLNode(.mapping([YAMLEntry(key: key, value: value)]), SourceRange(file, key.range.lower, file.bytes.count))
        }
        return value
    }
}

extension Override {
    /// A value that is no YAML is most often a text that wants quotes.
    private static func read(_ file: SourceFile, from start: Int, sink: DiagnosticSink) throws(Stopped) -> YAMLNode {
        let own = DiagnosticSink()
        let text = SourceRange(file, start, file.bytes.count).text
        let isBare = !text.contains { "\"'[{\\".contains($0) } && UnclearLineEnd.first(in: file) == nil
        let key = SourceRange(file, 0, start - 1).text
        do {
            let node = try YAMLReader.read(file, from: start, sink: own)
            // Tags and keys given twice do not stop the reader.
            if own.hasErrors { throw Stopped() }
            return node
        } catch {
            for found in own.diagnostics { sink.emit(isBare ? .wantsQuotes(found, key: key, text) : found) }
            throw Stopped()
        }
    }
}

extension Diagnostic {
    /// The same mistake with the advice that fits the command line.
    static func wantsQuotes(_ found: Diagnostic, key: String, _ value: String) -> Diagnostic {
        Diagnostic(
            found.code, found.message, at: found.range, label: found.label, related: found.related, notes: found.notes,
            fix: "the values of `--set` are YAML; put a text in quotes: --set '\(key)=\"\(value)\"'")
    }

    static func badOverride(_ file: SourceFile) -> Diagnostic {
        Diagnostic("E0141", "`--set` wants KEY=VALUE", at: SourceRange(file, 0, file.bytes.count), fix: "write e.g. --set training.epochs=5")
    }

    static func extendsCycle(_ path: String, _ range: SourceRange?) -> Diagnostic {
        Diagnostic("E0142", "`extends` runs in a cycle: `\(path)` builds on itself", at: range)
    }
}
