import Testing

/// The rooms and the only arrows allowed between them; docs/architecture.md has the same table with the reasons.
private let allowed: [String: [String]] = [
    "Diagnostics": [],
    "KernelInterface": [],
    "RandomStreams": [],
    "Decimals": [],
    "SpecLanguage": ["Diagnostics", "CLibYAML"],
    "IR": ["Diagnostics"],
    "Compiler": ["SpecLanguage", "IR", "Diagnostics"],
    "Kernels": ["KernelInterface"],
    "Execution": [
        "IR", "KernelInterface", "RandomStreams", "Kernels", "KernelsAVX2", "KernelsAVX512", "KernelsDouble", "KernelsDoubleAVX2",
        "KernelsDoubleAVX512",
    ],
    "Datasets": ["Diagnostics", "SpecLanguage", "RandomStreams", "Decimals", "CZlib", "CSQLite"],
    "Training": ["Compiler", "Execution", "Datasets", "IR", "SpecLanguage", "Diagnostics", "RandomStreams"],
    "Artifacts": ["Training", "Datasets", "SpecLanguage", "Diagnostics", "Decimals"],
    "NNSpecKit": ["Artifacts", "Training", "Datasets", "Compiler", "Execution", "IR", "SpecLanguage", "Diagnostics", "Decimals"],
    "nnspec": ["NNSpecKit", "Diagnostics"],
]

/// The system itself. Kernels get none of it: specialised library code compiled for a newer CPU must not leak out of them.
private let system = ["Glibc", "Musl", "Darwin", "Synchronization"]

@Suite struct ImportTests {
    /// The module of an import line, nil for other lines. `import struct A.B`, `@_exported import A`, `internal import A` count too.
    static func importedModule(_ line: Substring) -> String? {
        var words = line.split { $0 == " " || $0 == "\t" }
        while let first = words.first, first.hasPrefix("@") || ["public", "package", "internal", "private", "fileprivate"].contains(first) {
            words.removeFirst()
        }
        guard words.first == "import", words.count > 1 else { return nil }
        let kinds: [Substring] = ["struct", "class", "enum", "protocol", "typealias", "func", "let", "var"]
        let name = kinds.contains(words[1]) && words.count > 2 ? words[2] : words[1]
        return name.split(separator: ".").first.map(String.init)
    }

    @Test func importLinesAreRecognised() {
        #expect(Self.importedModule("import Foundation") == "Foundation")
        #expect(Self.importedModule("@_exported import Training") == "Training")
        #expect(Self.importedModule("  internal import CLibYAML  // why") == "CLibYAML")
        #expect(Self.importedModule("import struct Foundation.Date") == "Foundation")
        #expect(Self.importedModule("@preconcurrency public import func Glibc.exp") == "Glibc")
        #expect(Self.importedModule("let text = \"import x\"") == nil)
        #expect(Self.importedModule("// import x") == nil)
    }

    @Test func onlyAllowedArrows() throws {
        for file in try Sources.files() {
            guard let arrows = allowed[file.room] else {
                Issue.record("\(file.path): the room \(file.room) is not in the table")
                continue
            }
            for line in file.lines {
                guard let module = Self.importedModule(line) else { continue }
                let isAllowed = arrows.contains(module) || (system.contains(module) && file.room != "Kernels")
                #expect(isAllowed, "\(file.path) imports \(module)")
                #expect(!line.contains("@_exported"), "\(file.path) hands \(module) on to whoever imports its room")
            }
        }
    }

    @Test func everyRoomHasFiles() throws {
        let rooms = Set(try Sources.files().map(\.room))
        #expect(rooms == Set(allowed.keys))
    }
}
