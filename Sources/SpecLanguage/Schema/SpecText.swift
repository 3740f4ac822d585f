import Diagnostics

/// Resolved values as YAML that reads back to the same values.
enum SpecText {
    /// The whole spec, sections in blocks, the rest in flow style; `path` turns a joined path into the text to write.
    static func document(_ root: Resolved, path: (String) -> String) -> String {
        guard case .record(let members) = root.content else { return "" }
        var text = ""
        for (name, value) in members {
            switch value.content {
            case .record(let inner) where ["data", "model", "optimizer", "training", "output"].contains(name):
                text += "\(name):\n"
                for (key, item) in inner {
                    if key == "layers" || key == "features", let items = item.list {
                        text += "  \(key):\n" + items.map { "    - \(flow($0, path: path))\n" }.joined()
                    } else {
                        text += "  \(key): \(flow(item, path: path))\n"
                    }
                }
            default: text += "\(name): \(flow(value, path: path))\n"
            }
        }
        return text
    }

    static func flow(_ value: Resolved, path: (String) -> String = { $0 }) -> String {
        switch value.content {
        case .integer(let integer): return "\(integer)"
        case .number(let number): return NumberText.of(number)
        case .boolean(let boolean): return boolean ? "true" : "false"
        case .text(let text, let isPath): return YAMLText.scalar(isPath ? path(text) : text)
        case .word(let word): return word
        case .list(let items): return "[" + items.map { flow($0, path: path) }.joined(separator: ", ") + "]"
        case .record(let members): return "{" + members.map { "\($0.name): \(flow($0.value, path: path))" }.joined(separator: ", ") + "}"
        case .kind(let name, let inner): return "{\(name): \(flow(inner, path: path))}"
        case .map(let entries): return "{" + entries.map { "\(flow($0.key)): \(flow($0.value, path: path))" }.joined(separator: ", ") + "}"
        }
    }

    static func json(_ value: Resolved, path: (String) -> String) -> String {
        switch value.content {
        case .integer, .boolean: return flow(value)
        case .number(let number): return JSONText.number(number)
        case .text(let text, let isPath): return JSONText.quoted(isPath ? path(text) : text)
        case .word(let word): return JSONText.quoted(word)
        case .list(let items): return JSONText.array(items.map { json($0, path: path) })
        case .record(let members): return JSONText.object(members.map { ($0.name, json($0.value, path: path)) })
        case .kind(let name, let inner): return JSONText.object([(name, json(inner, path: path))])
        case .map(let entries): return JSONText.object(entries.map { ($0.key.text ?? "", json($0.value, path: path)) })
        }
    }

    /// The tree of nodes, one line each, for `plan --emit nodes`.
    static func nodes(_ node: YAMLNode, indent: Int = 0) -> String {
        let margin = String(repeating: "  ", count: indent)
        func place(_ node: YAMLNode) -> String { "\(node.range.file.name):\(node.range.start.line):\(node.range.start.column)" }
        switch node.kind {
        case .scalar: return "\(margin)scalar \(shown(node))  \(place(node))\n"
        case .sequence(let items): return "\(margin)sequence  \(place(node))\n" + items.map { nodes($0, indent: indent + 1) }.joined()
        case .mapping(let entries):
            return "\(margin)mapping  \(place(node))\n"
                + entries.map { "\(margin)  \(shown($0.key)):  \(place($0.key))\n" + nodes($0.value, indent: indent + 2) }.joined()
        }
    }

    /// A scalar so that two of them never look the same: in quotes unless it was written plain.
    private static func shown(_ node: YAMLNode) -> String {
        guard case .scalar(let text, let isPlain) = node.kind else { return "" }
        if isPlain, !text.utf8.contains(UInt8(ascii: "\n")), !text.hasPrefix("plain \"") { return text }
        return (isPlain ? "plain " : "") + JSONText.quoted(text)
    }

    /// Every setting with its value and where it came from, for `plan --emit spec`.
    static func origins(_ root: Resolved, prefix: String = "") -> String {
        guard case .record(let members) = root.content else { return "" }
        return members.map { name, value in
            let path = prefix.isEmpty ? name : "\(prefix).\(name)"
            if case .record = value.content { return origins(value, prefix: path) }
            if let items = value.list, name == "layers" {
                return items.enumerated().map { "\(path)[\($0)] = \(flow($1))  \(origin($1))\n" }.joined()
            }
            return "\(path) = \(flow(value))  \(origin(value))\n"
        }.joined()
    }

    /// Every setting with its value; layers and listed features one by one.
    static func settings(_ root: Resolved, prefix: String = "", path: (String) -> String) -> [(path: String, text: String)] {
        guard case .record(let members) = root.content else { return [] }
        return members.flatMap { name, value -> [(path: String, text: String)] in
            let at = prefix.isEmpty ? name : "\(prefix).\(name)"
            if case .record = value.content { return settings(value, prefix: at, path: path) }
            if let items = value.list, name == "layers" || name == "features" {
                return items.enumerated().map { ("\(at)[\($0)]", flow($1, path: path)) }
            }
            return [(at, flow(value, path: path))]
        }
    }

    private static func origin(_ value: Resolved) -> String {
        switch value.origin {
        case .standard: "# default"
        case .file(let range): "# \(range.file.name):\(range.start.line):\(range.start.column)"
        case .commandLine: "# --set"
        }
    }
}
