import Diagnostics

/// A spec that was read, checked and resolved.
public struct SpecDocument: Sendable {
    public let spec: Spec
    let root: Resolved
    let node: YAMLNode

    /// The spec with every default written out; paths relative to the spec's own folder. Reading it gives the same spec.
    public func rendered() -> String { rendered(relativeTo: spec.directory) }

    /// The same for a file that is to lie in another folder.
    public func rendered(relativeTo folder: String) -> String {
        SpecText.document(root) { FilePath.relative($0, to: folder) }
    }

    /// The same for the spec's own run folder: run from there, it writes to that folder again.
    public func rendered(inRunFolder folder: String) -> String {
        guard case .record(var members) = root.content, let index = members.firstIndex(where: { $0.name == "output" }),
            case .record(var output) = members[index].value.content, let directory = output.firstIndex(where: { $0.name == "directory" })
        else { return rendered(relativeTo: folder) }
        output[directory].value = Resolved(.text(".."))
        members[index].value = Resolved(.record(output))
        return SpecText.document(Resolved(.record(members))) { FilePath.relative($0, to: folder) }
    }

    /// Only what differs from the defaults: the shortest spec that says the same. Reading it gives the same spec.
    public func difference() -> String {
        SpecText.document(SpecDifference.of(root)) { FilePath.relative($0, to: spec.directory) }
    }

    /// The rendered spec as one JSON object.
    public func json() -> String { SpecText.json(root) { FilePath.relative($0, to: spec.directory) } + "\n" }

    /// The tree of YAML nodes, `--set` and `extends` merged in.
    public func nodesText() -> String { SpecText.nodes(node) }

    /// Every setting with its value and origin.
    public func specText() -> String { SpecText.origins(root) }
}

/// Spec file -> SpecDocument, the one way for every command.
public enum SpecReader {
    /// - Parameter overrides: `--set` texts; the later ones win.
    /// Errors: every mistake that the spec alone shows (E0..., exit 3), in the order of the file.
    public static func read(path: String, overrides: [String] = [], sink: DiagnosticSink) throws(Stopped) -> SpecDocument {
        let found = DiagnosticSink()
        defer { for diagnostic in ordered(found.diagnostics, main: path) { sink.emit(diagnostic) } }
        let file = try SpecFile.read(path, sink: found)
        var node = try load(file, stack: [FilePath.canonical(path)], sink: found)
        for text in overrides {
            guard let over = try? Override.read(text, sink: found) else { continue }
            if let entry = over.entries?.first(where: { $0.name == "extends" }) {
                found.emit(.extendsOnCommandLine(entry.key.range))
                continue
            }
            node = NodeMerge.merge(node, under: over, .record(SettingsTable.root))
        }
        // A wrong `extends` is still in the tree; the decoder tells what is wrong with it.
        let decoder = Decoder(sink: found, isBaseMissing: node["extends"] != nil)
        guard let root = decoder.decode(node, .record(SettingsTable.root), "") else { throw Stopped() }
        // Mistakes leave stand-ins behind, so that all the others are found too; a spec with a mistake is never handed on.
        let completed = SpecCompletion(path: path, decoder: decoder).complete(root, sink: found)
        let spec = SpecBuilder(root: completed, file: file, folder: FilePath.folder(of: path)).spec()
        SpecChecks(spec: spec, root: completed, sink: found).run()
        try found.throwIfErrors()
        return SpecDocument(spec: spec, root: completed, node: node)
    }

    /// A file's nodes, merged over those of the file it extends.
    private static func load(_ file: SourceFile, stack: [String], sink: DiagnosticSink) throws(Stopped) -> YAMLNode {
        let node = try YAMLReader.read(file, sink: sink)
        guard case .mapping(let entries) = node.kind else { throw sink.fail(.rootIsNoMapping(node)) }
        guard let entry = entries.first(where: { $0.name == "extends" }), let base = entry.value.text, !entry.value.isNull else { return node }
        let path = FilePath.join(FilePath.folder(of: file), base)
        let canonical = FilePath.canonical(path)
        if stack.contains(canonical) { throw sink.fail(.extendsCycle(base, entry.value.range)) }
        if stack.count > 32 { throw sink.fail(.extendsTooLong(entry.value.range)) }
        let baseNode = try load(try SpecFile.read(path, namedAt: entry.value.range, sink: sink), stack: stack + [canonical], sink: sink)
        if baseNode["nnspec"] == nil { sink.emit(.missingVersion(baseNode.range)) }
        let own = YAMLNode(.mapping(entries.filter { $0.name != "extends" }), node.range)
        let merged = NodeMerge.merge(baseNode, under: own, .record(SettingsTable.root))
        // The version is each file's own.
        guard own["nnspec"] == nil, case .mapping(let all) = merged.kind else { return merged }
        return YAMLNode(.mapping(all.filter { $0.name != "nnspec" }), merged.range)
    }

    /// Mistakes file by file, the main file first, the others as they come up; within a file from top to bottom, and last what has no place.
    private static func ordered(_ diagnostics: [Diagnostic], main: String) -> [Diagnostic] {
        var files = [main]
        for name in diagnostics.compactMap({ $0.range?.file.name }) where !files.contains(name) { files.append(name) }
        let keys = diagnostics.enumerated().map { offset, diagnostic in
            (
                file: diagnostic.range.flatMap { files.firstIndex(of: $0.file.name) } ?? files.count, lower: diagnostic.range?.lower ?? 0,
                offset: offset
            )
        }
        return keys.sorted { ($0.file, $0.lower, $0.offset) < ($1.file, $1.lower, $1.offset) }.map { diagnostics[$0.offset] }
    }
}

extension Diagnostic {
    static func extendsOnCommandLine(_ range: SourceRange) -> Diagnostic {
        Diagnostic(
            "E0144", "`extends` belongs in the file: `--set` changes single settings", at: range, fix: "write a spec with `extends: ...` and run that"
        )
    }

    static func extendsTooLong(_ range: SourceRange) -> Diagnostic {
        Diagnostic("E0145", "more than 32 specs build on one another through `extends`", at: range, fix: "extend a spec further down the chain")
    }

    static func missingVersion(_ range: SourceRange) -> Diagnostic {
        Diagnostic("E0143", "every spec file carries its version", at: SourceRange(range.file, range.lower, range.lower + 1), fix: "add `nnspec: 1`")
    }
}
