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

    /// The same for the spec's own run folder, `levels` below the folder of runs: run from there, it writes to that folder again.
    public func rendered(inRunFolder folder: String, levels: Int = 1) -> String {
        guard case .record(var members) = root.content, let index = members.firstIndex(where: { $0.name == "output" }),
            case .record(var output) = members[index].value.content, let directory = output.firstIndex(where: { $0.name == "directory" })
        else { return rendered(relativeTo: folder) }
        output[directory].value = Resolved(.text(Array(repeating: "..", count: levels).joined(separator: "/")))
        members[index].value = Resolved(.record(output))
        return SpecText.document(Resolved(.record(members))) { FilePath.relative($0, to: folder) }
    }

    /// The same spec for one of its folds alone, as with `data.split.fold` set to its number.
    ///
    /// Precondition: it has folds, and so many.
    public func ofFold(_ fold: Int) -> SpecDocument {
        var spec = spec
        spec.data.folds?.fold = Sourced(fold)
        return SpecDocument(spec: spec, root: root.with(Resolved(.integer(fold)), at: ["data", "split", "fold"]), node: node)
    }

    /// Only what differs from the defaults: the shortest spec that says the same. Reading it gives the same spec.
    public func difference() -> String {
        SpecText.document(SpecDifference.of(root)) { FilePath.relative($0, to: spec.directory) }
    }

    /// The rendered spec as one JSON object.
    public func json() -> String { SpecText.json(root) { FilePath.relative($0, to: spec.directory) } + "\n" }

    /// Every setting as text, by its path: what two runs are compared by. Of a path only the file's name counts.
    public func settings() -> [(path: String, text: String)] {
        SpecText.settings(root) { $0.split(separator: "/").last.map(String.init) ?? $0 }
    }

    /// The tree of YAML nodes, `--set` and `extends` merged in.
    public func nodesText() -> String { SpecText.nodes(node) }

    /// Every setting with its value and origin.
    public func specText() -> String { SpecText.origins(root) }
}

/// A spec file as far as it can be read.
public struct SpecReading: Sendable {
    public let document: SpecDocument
    /// What of it can be relied on.
    public let trust: SpecTrust
    /// Whether the spec has no mistake that it shows alone.
    public let isRight: Bool
}

/// Spec file -> SpecDocument, the one way for every command.
public enum SpecReader {
    /// - Parameter overrides: `--set` texts; the later ones win.
    /// Errors: every mistake that the spec alone shows (E0..., exit 3), in the order of the file.
    public static func read(path: String, overrides: [String] = [], sink: DiagnosticSink) throws(Stopped) -> SpecDocument {
        guard let reading = examine(path: path, overrides: overrides, sink: sink), reading.isRight else { throw Stopped() }
        return reading.document
    }

    /// The same for someone who goes on after mistakes, to look for more of them in the data: nothing else may be done with a spec that is
    /// not right. nil if nothing can be made of the file.
    public static func examine(path: String, overrides: [String] = [], sink: DiagnosticSink) -> SpecReading? {
        let found = DiagnosticSink()
        defer { for diagnostic in ordered(found.diagnostics, main: path) { sink.emit(diagnostic) } }
        let loaded = try? load(SpecFile.read(path, sink: found), stack: [FilePath.canonical(path)], sink: found)
        // What is wrong with a `--set` text is told whatever the file holds.
        let overs = overrides.compactMap { text in
            (try? Override.read(text, sink: found)).flatMap { over -> YAMLNode? in
                guard let entry = over.entries?.first(where: { $0.name == "extends" }) else { return over }
                found.emit(.extendsOnCommandLine(entry.key.range))
                return nil
            }
        }
        guard let loaded else { return nil }
        let node = overs.reduce(loaded.node) { NodeMerge.merge($0, under: $1, .record(SettingsTable.root)) }
        // A wrong `extends` is still in the tree; the decoder tells what is wrong with it.
        let decoder = Decoder(sink: found, isBaseMissing: loaded.lacksBase || node["extends"] != nil)
        guard let root = decoder.decode(node, .record(SettingsTable.root), "") else { return nil }
        // Mistakes leave stand-ins behind, so that all the others are found too.
        let completed = SpecCompletion(path: path, decoder: decoder, node: node).complete(root, sink: found)
        let spec = SpecBuilder(root: completed, file: loaded.file, folder: FilePath.folder(of: path)).spec()
        SpecChecks(spec: spec, root: completed, sink: found).run()
        return SpecReading(
            document: SpecDocument(spec: spec, root: completed, node: node), trust: SpecTrust(root: completed, mistakes: found.diagnostics),
            isRight: !found.hasErrors)
    }

    /// A spec file's nodes with those of its bases under them.
    private struct Loaded {
        let file: SourceFile
        let node: YAMLNode
        /// Whether a base could not be read, which may hold whatever is missing here.
        var lacksBase = false
    }

    /// A file's nodes, merged over those of the file it extends.
    private static func load(_ file: SourceFile, stack: [String], sink: DiagnosticSink) throws(Stopped) -> Loaded {
        let node = try YAMLReader.read(file, sink: sink)
        guard case .mapping(let entries) = node.kind else { throw node.isDamaged ? Stopped() : sink.fail(.rootIsNoMapping(node)) }
        guard let entry = entries.first(where: { $0.name == "extends" }), let base = entry.value.text, !entry.value.isNull, !entry.value.isDamaged
        else {
            return Loaded(file: file, node: node)
        }
        let own = node.with(entries.filter { $0.name != "extends" })
        guard let under = try? loadBase(base, of: file, at: entry.value.range, stack: stack, sink: sink) else {
            return Loaded(file: file, node: own, lacksBase: true)
        }
        checkVersion(of: under.node, sink: sink)
        let merged = NodeMerge.merge(under.node, under: own, .record(SettingsTable.root))
        // The version is each file's own.
        let isVersioned = own["nnspec"] != nil
        return Loaded(
            file: file, node: isVersioned ? merged : merged.with((merged.entries ?? []).filter { $0.name != "nnspec" }), lacksBase: under.lacksBase)
    }

    private static func loadBase(
        _ base: String, of file: SourceFile, at place: SourceRange, stack: [String], sink: DiagnosticSink
    ) throws(Stopped) -> Loaded {
        let path = FilePath.join(FilePath.folder(of: file), base)
        let canonical = FilePath.canonical(path)
        if stack.contains(canonical) { throw sink.fail(.extendsCycle(base, place)) }
        if stack.count > 32 { throw sink.fail(.extendsTooLong(place)) }
        return try load(try SpecFile.read(path, namedAt: place, sink: sink), stack: stack + [canonical], sink: sink)
    }

    /// The version that a base says; its other settings are checked where they come through.
    private static func checkVersion(of base: YAMLNode, sink: DiagnosticSink) {
        guard let version = base["nnspec"], let type = SettingsTable.root.setting("nnspec")?.type else {
            if !base.isDamaged { sink.emit(.missingVersion(base.range)) }
            return
        }
        _ = Decoder(sink: sink).decode(version, type, "nnspec")
    }

    /// Mistakes file by file, the main file first, the others as they come up; within a file from top to bottom, and last what has no place.
    /// What an alias brings to several places is told once.
    private static func ordered(_ diagnostics: [Diagnostic], main: String) -> [Diagnostic] {
        var files = [main]
        for name in diagnostics.compactMap({ $0.range?.file.name }) where !files.contains(name) { files.append(name) }
        let keys = diagnostics.enumerated().map { offset, diagnostic in
            (
                file: diagnostic.range.flatMap { files.firstIndex(of: $0.file.name) } ?? files.count, lower: diagnostic.range?.lower ?? 0,
                offset: offset
            )
        }
        var result: [Diagnostic] = []
        for diagnostic in keys.sorted(by: { ($0.file, $0.lower, $0.offset) < ($1.file, $1.lower, $1.offset) }).map({ diagnostics[$0.offset] }) {
            let isTold = result.last.map { $0.range != nil && $0.range == diagnostic.range && $0.message == diagnostic.message } ?? false
            if !isTold { result.append(diagnostic) }
        }
        return result
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
        Diagnostic("E0143", "every spec file carries its version", at: SourceRange(range.file, range.lower, range.lower), fix: "add `nnspec: 1`")
    }
}
