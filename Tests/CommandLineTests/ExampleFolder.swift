import Foundation
import TestSupport
import Testing

/// A folder of flowers in which examples are set up and run.
struct ExampleFolder {
    let path: String
    /// The files that the example brings, with their marks.
    private var marked: [(name: String, file: MarkedFile)] = []

    /// Sets the usual files up.
    init(_ path: String) throws {
        self.path = path
        for name in ["flowers.csv", "more.csv", "flowers.txt", "new.csv"] { try MarkedFile(Self.flowers).write(to: "\(path)/\(name)") }
        for name in ["flowers.yaml", "my.flowers.yaml"] { try Self.completed(MarkedFile("")).write(to: "\(path)/\(name)") }
        try MarkedFile("nnspec: 1\nseed: 3\n").write(to: path + "/base.yaml")
    }

    mutating func add(_ name: String, _ file: MarkedFile) throws {
        try file.write(to: "\(path)/\(name)")
        marked.append((name, file))
    }

    /// Marks of a text that is no file, such as that of `--set`.
    mutating func mark(_ name: String, _ file: MarkedFile) { marked.append((name, file)) }

    var places: [Place] { marked.flatMap { name, file in file.places.map { file.place($0, in: name) } } }
    var related: [Place] { marked.flatMap { name, file in file.related.map { file.place($0, in: name) } } }

    // MARK: Content

    private static let base = [
        ("nnspec", "nnspec: 1"), ("data", "data: {path: flowers.csv, target: species}"), ("model", "model: {layers: [8, auto]}"),
        ("training", "training: {epochs: 2}"),
    ]

    /// Lines of a spec with the rest of it before them.
    static func completed(_ lines: MarkedFile) -> MarkedFile {
        let keys = String(decoding: lines.bytes, as: UTF8.self).split(separator: "\n").compactMap { $0.split(separator: ":").first.map(String.init) }
        return lines.between(base.filter { !keys.contains($0.0) }.map { $0.1 + "\n" }.joined(), "\n")
    }

    /// Ten rows of each of three species.
    static let flowers: String = {
        var text = "length,width,color,weight,species\n"
        for (number, kind) in [("lily", "white"), ("rose", "red"), ("setosa", "blue")].enumerated() {
            for k in 0..<10 {
                text += "\(number + 1).\(k),0.\((k * 7) % 10),\(k == 0 ? "white" : kind.1),\(3 + 2 * number).\((k * 3) % 10),\(kind.0)\n"
            }
        }
        return text
    }()

    /// The place of a text in the header of the flowers.
    static func headerPlace(_ text: String) -> Place {
        let parts = flowers.components(separatedBy: text)
        let file = MarkedFile(parts[0] + "⟦" + text + "⟧" + parts.dropFirst().joined(separator: text))
        return file.place(file.places[0], in: "flowers.csv")
    }

    // MARK: Commands

    /// Runs words with `--json` behind the command, where there is one that knows it.
    func run(_ words: [String]) throws -> Tool {
        var words = words
        if let first = words.first, first != "completions" { words.insert("--json", at: 1) }
        return try Tool.run(words, in: path)
    }

    /// Runs lines of a shell; without a command of nnspec among them they prepare for `nnspec train`.
    func run(shell text: String) throws -> Tool {
        var text = text.contains("nnspec ") ? text : text + "\nnnspec train flowers.yaml"
        if let command = text.matches(of: /nnspec [a-z-]+/).last { text.insert(contentsOf: " --json", at: command.range.upperBound) }
        // Pipes on both streams: what limits the size of files is not to limit what is read here.
        let wrapped = "{ { { (eval \"$EXAMPLE\"); echo $? >&4; } 2>&1 >&3 | cat >&2; } 3>&1 | cat; } 4>.status"
        let folder = URL(fileURLWithPath: Tool.path).deletingLastPathComponent().path
        let search = folder + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
        let tool = try Tool.run([], in: path, environment: ["EXAMPLE": text, "PATH": search], through: wrapped)
        let status = try String(contentsOfFile: path + "/.status", encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        return Tool(status: try #require(Int32(status)), output: tool.output, errors: tool.errors)
    }
}
