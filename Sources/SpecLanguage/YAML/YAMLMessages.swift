import Diagnostics

extension Diagnostic {
    static func emptyDocument(_ file: SourceFile) -> Diagnostic {
        Diagnostic("E0102", "the spec is empty", at: SourceRange(file, 0, 0), fix: "a spec begins with `nnspec: 1`, then `data:` and `model:`")
    }

    static func rootIsNoMapping(_ node: YAMLNode) -> Diagnostic {
        let name = node.range.file.name
        let isData = [".csv", ".tsv"].contains { name.hasSuffix($0) }
        return Diagnostic(
            "E0103", "a spec is a mapping of settings, found \(node.shape)", at: node.range,
            fix: isData ? "this looks like data: `nnspec init \(name)` drafts a spec for it" : "begin with `nnspec: 1`")
    }

    static func secondDocument(_ range: SourceRange) -> Diagnostic {
        Diagnostic(
            "E0104", "a second document begins here; a spec is one document", at: range,
            fix: "remove `---` and what follows, or make it a file of its own")
    }

    static func duplicateKey(_ name: String, _ range: SourceRange, first: SourceRange, areMappings: Bool) -> Diagnostic {
        Diagnostic(
            "E0105", "`\(name)` is set twice, on lines \(first.start.line) and \(range.start.line)", at: range, label: "again here",
            related: [.init(first, "first set here")], fix: areMappings ? "put the settings of both into one `\(name)`" : "keep one of the two")
    }

    static func mergeKey(_ range: SourceRange) -> Diagnostic {
        Diagnostic("E0106", "the merge key `<<` is not part of YAML 1.2", at: range, fix: "to build on another file write `extends: base.yaml`")
    }

    static func tag(_ range: SourceRange) -> Diagnostic {
        Diagnostic("E0107", "a spec has no tags, found `\(range.text)`", at: range, fix: "remove the tag: the setting decides what its value means")
    }

    static func keyIsNoText(_ key: YAMLNode) -> Diagnostic {
        let isTemplate = key.entries.map { $0.count == 1 && $0[0].value.plainText == "" } ?? false
        return Diagnostic(
            "E0108", "a key is a text, not \(key.shape)", at: key.range,
            fix: isTemplate ? "a spec is no template, nothing is filled in: write the value, or give it with `--set`" : "write `key: value`")
    }

    static func unknownAlias(_ name: String, _ range: SourceRange, known: [String]) -> Diagnostic {
        Diagnostic(
            "E0109", "`*\(name)` has no anchor `&\(name)` before it", at: range,
            fix: Suggestion.nearest(name, among: known).map { "did you mean `*\($0)`?" } ?? "put `&\(name)` before the value it stands for")
    }

    static func selfReference(_ name: String, _ range: SourceRange) -> Diagnostic {
        Diagnostic("E0110", "`*\(name)` stands inside `&\(name)`: a cycle, the value would contain itself", at: range)
    }

    static func tooDeep(_ range: SourceRange) -> Diagnostic {
        Diagnostic("E0111", "nested deeper than the limit: depth \(YAMLReader.maximumDepth)", at: range)
    }

    static func tooManyNodes(_ range: SourceRange, aliases: Bool) -> Diagnostic {
        Diagnostic(
            "E0112", "more than the limit of 100,000 nodes\(aliases ? " after alias expansion" : "")", at: range,
            notes: aliases ? ["every `*alias` counts as all the nodes of its anchor"] : [])
    }
}
