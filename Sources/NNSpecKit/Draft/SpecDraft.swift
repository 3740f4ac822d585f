import Artifacts
import Datasets
import Diagnostics
import SpecLanguage
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// `nnspec init`: a first spec for a data file, every choice of it with its reason, that runs as it is.
public struct SpecDraft {
    public let text: String
    /// The columns that it predicts.
    public let targets: [String]
    /// "classification of 3 classes".
    public let task: String

    /// Looks at all rows of a file and drafts a spec, which is then tried as `nnspec plan` would.
    /// - Parameters:
    ///   - output: the spec file to be; paths in the draft are relative to its folder. nil: to the working directory.
    ///   - targets: the columns to predict; guessed if there are none.
    /// Errors: E10xx (the file), E16xx (no spec could run).
    public static func make(data path: String, output: String? = nil, targets: [String] = [], sink: DiagnosticSink) throws(Stopped) -> SpecDraft {
        // Before it is opened: what such a file holds is no text.
        if let format = DataFileName(path).format, ![.csv, .tsv, .jsonl].contains(format) {
            throw sink.fail(.draftOfOtherFormat(format.rawValue, path))
        }
        let file = try DataFile.open(path, at: nil, isFromCommandLine: true, sink: sink)
        let isOfObjects = DataFileName(path).format == .jsonl
        let layout = isOfObjects ? TableLayout() : TableLayout(file)
        let source: any TableSource =
            isOfObjects
            ? try JSONLinesSource(file, for: .training, at: nil, sink: sink) : try CSVSource(file, options: layout.options, at: nil, sink: sink)
        let table = try TableProfile(source, sink: sink)
        let choices = try DraftChoices(table, targets: targets, sink: sink)
        let text = DraftText(
            choices: choices, layout: layout, path: relative(path, toFolderOf: output), name: runName(data: path, output: output)
        ).text
        let draft = SpecDraft(text: text, targets: choices.targets.columns.map(\.name), task: choices.task.outline)
        try draft.tryOut(data: path, sink: sink)
        return draft
    }

    /// Writes the draft to a new file. Errors: E4020 (something stands there), E3702, E3703.
    public func write(to path: String, sink: DiagnosticSink) throws(Stopped) {
        var status = stat()
        if lstat(path, &status) == 0 { throw sink.fail(.draftWouldOverwrite(path)) }
        let parts = Self.divided(path)
        try FileReplacement.write([(parts.name, .bytes(Array(text.utf8)))], in: parts.folder, sink: sink)
    }

    // MARK: Trying out

    /// Reads, prepares and compiles the draft from a temporary file. What the guesses overlooked is told here and not by the first training.
    private func tryOut(data path: String, sink: DiagnosticSink) throws(Stopped) {
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(folder)/nnspec-init-\(String(repeating: "X", count: 6)).yaml".utf8CString)
        let descriptor = mkstemps(&template, 5)
        // Without a place for temporary files the draft is given untried.
        guard descriptor >= 0 else { return }
        close(descriptor)
        let file = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { unlink(file) }
        let (base, name) = Self.divided(file)
        let trial = DiagnosticSink()
        do throws(Stopped) {
            try FileReplacement.write([(name, .bytes(Array(text.utf8)))], in: base, sink: DiagnosticSink())
        } catch {
            return
        }
        do throws(Stopped) {
            let overrides = ["name=draft", "data.path=\(YAMLText.scalar(path))"]
            _ = try Project.load(path: file, overrides: overrides, sink: trial).plan(sink: trial)
        } catch {
            throw sink.fail(.draftDoesNotRun(path, trial.diagnostics.first { $0.severity == .error }))
        }
    }

    // MARK: Paths

    private static func divided(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        return (slash == path.startIndex ? "/" : String(path[..<slash]), String(path[path.index(after: slash)...]))
    }

    /// The data file as seen from the spec's folder, links followed; absolute paths stay as they are.
    private static func relative(_ path: String, toFolderOf output: String?) -> String {
        guard let output, !path.hasPrefix("/"), divided(output).folder != "." else { return path }
        // The folder may not be there yet; then its path is taken as it is written.
        guard let target = canonical(path) else { return path }
        let start = parts(canonical(divided(output).folder) ?? absolute(divided(output).folder))
        let goal = parts(target)
        let shared = zip(goal, start).prefix { $0 == $1 }.count
        return (Array(repeating: "..", count: start.count - shared) + goal[shared...]).joined(separator: "/")
    }

    private static func canonical(_ path: String) -> String? {
        guard let buffer = realpath(path, nil) else { return nil }
        defer { free(buffer) }
        return String(cString: buffer)
    }

    private static func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : (canonical(".") ?? "") + "/" + path }

    private static func parts(_ path: String) -> [Substring] {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return parts
    }

    /// The run's name, where the name of the spec file does not do. nil: that one does.
    private static func runName(data: String, output: String?) -> String? {
        func isLegal(_ name: String) -> Bool {
            !name.isEmpty && name.utf8.allSatisfy { $0 < 0x80 && (Unicode.Scalar($0).properties.isAlphabetic || "0123456789_-".utf8.contains($0)) }
        }
        guard let output else { return nil }
        let file = divided(output).name
        let stem = file.lastIndex(of: ".").map { $0 > file.startIndex ? String(file[..<$0]) : file } ?? file
        if isLegal(stem) { return nil }
        let legal = String(stem.map { isLegal(String($0)) ? $0 : "_" })
        return legal.contains { $0 != "_" } ? legal : "draft"
    }
}
