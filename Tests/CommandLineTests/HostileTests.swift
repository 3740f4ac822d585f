import Foundation
import TestSupport
import Testing

/// Specs that were made to hurt: each is one clear error with its exit status, or a spec, within 2 seconds of processor time and 300 MB.
///
/// The system holds the limits, `ulimit` on the address space and on the time; what waits for ever is ended from outside.
@Suite struct HostileTests {
    struct Spec: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// The file a.yaml; made when it is wanted, as some are large.
        let text: @Sendable () -> [UInt8]
        var words = ["render", "a.yaml"]
        /// nil: the spec is right.
        let code: String?
        /// How many diagnostics `--json` holds.
        var count = 1

        init(_ name: String, _ code: String?, words: [String] = ["render", "a.yaml"], count: Int = 1, _ text: @escaping @Sendable () -> String) {
            self.init(name, code, words: words, count: count, bytes: { Array(text().utf8) })
        }

        init(
            _ name: String, _ code: String?, words: [String] = ["render", "a.yaml"], count: Int = 1, bytes: @escaping @Sendable () -> [UInt8]
        ) {
            (testDescription, self.code, self.words, self.count, self.text) = (name, code, words, count, bytes)
        }
    }

    private static let small = "nnspec: 1\ndata: {path: a.csv, target: y}\nmodel: {layers: [auto]}\n"
    private static func many(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }
    private static func numbered(_ count: Int, _ line: (Int) -> String) -> String {
        var text = ""
        for number in 0..<count { text += line(number) }
        return text
    }
    private static func utf16(_ text: String, isLittle: Bool) -> [UInt8] {
        text.utf16.flatMap { isLittle ? [UInt8($0 & 255), UInt8($0 >> 8)] : [UInt8($0 >> 8), UInt8($0 & 255)] }
    }
    private static func utf32(_ text: String, isLittle: Bool) -> [UInt8] {
        text.unicodeScalars.flatMap { scalar -> [UInt8] in
            let bytes = (0..<4).map { UInt8((scalar.value >> (8 * $0)) & 255) }
            return isLittle ? bytes : bytes.reversed()
        }
    }

    private static let megabyteOfSets: [String] = (0..<12).flatMap { number -> [String] in ["--set", "x-\(number)=[" + many("1,", 49_000) + "1]"] }

    static let depths: [Spec] = [
        Spec("100,000 brackets", "E0111") { small + "x-a: " + many("[", 100_000) },
        Spec("100,000 braces", "E0111") { small + "x-a: " + many("{a: ", 100_000) },
        Spec("100,000 dashes", "E0111") { small + "x-a:\n  " + many("- ", 100_000) + "a\n" },
        Spec("100,000 question marks", "E0111") { small + "x-a:\n  " + many("? ", 100_000) + "a\n" },
        Spec("1,400 lines, each one deeper", "E0111") { small + "x-a:\n" + numbered(1400) { many(" ", $0 + 1) + "a:\n" } },
        Spec("aliases one in another", "E0111") {
            small + "x-0: &a0 [1]\n" + numbered(70) { "x-\($0 + 1): &a\($0 + 1) [*a\($0) ]\n" }
        },
        Spec("on the command line", "E0111", words: ["render", "a.yaml", "--set", "seed=" + many("[", 100_000)]) { small },
        Spec("a path of 50,000 keys", "E0111", words: ["render", "a.yaml", "--set", many("a.", 50_000) + "b=1"]) { small },
    ]

    static let aliases: [Spec] = [
        Spec("a billion laughs", "E0112") {
            small + "x-0: &a0 [0, 0, 0, 0, 0, 0, 0, 0, 0]\n" + numbered(9) { "x-\($0 + 1): &a\($0 + 1) [\(many("*a\($0) , ", 9))]\n" }
        },
        Spec("an anchor used 100,000 times", "E0112") { small + "x-a: &a 1\nx-b: [" + many("*a , ", 100_000) + "]\n" },
        Spec("an anchor used 90,000 times", nil) { small + "x-a: &a 1\nx-b: [" + many("*a , ", 90_000) + "]\n" },
        Spec("an anchor of 1,000 nodes used 100 times", "E0112") {
            small + "x-a: &a [" + many("1, ", 1000) + "]\nx-b: [" + many("*a , ", 100) + "]\n"
        },
        Spec("an anchor inside itself", "E0110") { small + "x-a: &a [*a ]\n" },
        Spec("an anchor inside itself, as a key", "E0110") { small + "x-a: &a {*a : 1}\n" },
        Spec("a value that would contain the spec", "E0110") { "&a\n" + small + "x-a: *a\n" },
        Spec("50,000 aliases of nothing", "E0109", count: 50_000) {
            small + "x-a: [" + numbered(900) { "&b\($0) 1, " } + "]\nx-b: [" + many("*a , ", 50_000) + "]\n"
        },
    ]

    static let texts: [Spec] = [
        Spec("empty", "E0102") { "" }, Spec("only comments", "E0102") { "# a\n#b\n\n" }, Spec("only blanks", "E0102") { "  \n\n \n" },
        Spec("only a mark", "E0102") { "\u{FEFF}" }, Spec("only dashes", "E0103") { "---\n" },
        Spec("two documents", "E0104") { small + "---\n" + small },
        Spec("100,000 documents", "E0104") { small + many("---\na: 1\n", 100_000) }, Spec("a tag", "E0107") { small + "seed: !!int 3\n" },
        Spec("a tag that would run something", "E0107") { small + "x-a: !!python/object/apply:os.system [ls]\n" },
        Spec("90,000 tags", "E0107", count: 90_000) { small + "x-a: [" + many("!!str a,", 90_000) + "]\n" },
        Spec("a binary tag", "E0107") { small + "x-a: !!binary AAAA\n" },
        Spec("a NUL byte", "E0124") { small + "seed: 1\u{0}\n" },
        Spec("a NUL byte on the command line", nil, words: ["render", "a.yaml", "--set", "description=\"\\0\""]) { small },
        Spec("bad UTF-8", "E0124", bytes: { Array(small.utf8) + [0x23, 0xC3, 0x28, 0x0A] }),
        Spec("overlong UTF-8", "E0124", bytes: { Array(small.utf8) + [0x23, 0xC0, 0xAF, 0x0A] }),
        Spec("a surrogate in UTF-8", "E0124", bytes: { Array(small.utf8) + [0x23, 0xED, 0xA0, 0x80, 0x0A] }),
        Spec("UTF-8 cut short", "E0124", bytes: { Array(small.utf8) + [0x23, 0xF0, 0x9F, 0x98] }),
        Spec("UTF-16 LE with a mark", "E0124", bytes: { utf16("\u{FEFF}" + small, isLittle: true) }),
        Spec("UTF-16 BE with a mark", "E0124", bytes: { utf16("\u{FEFF}" + small, isLittle: false) }),
        Spec("UTF-16 LE", "E0124", bytes: { utf16(small, isLittle: true) }), Spec("UTF-16 BE", "E0124", bytes: { utf16(small, isLittle: false) }),
        Spec("UTF-32 LE with a mark", "E0124", bytes: { utf32("\u{FEFF}" + small, isLittle: true) }),
        Spec("UTF-32 BE", "E0124", bytes: { utf32(small, isLittle: false) }), Spec("UTF-32 LE", "E0124", bytes: { utf32(small, isLittle: true) }),
        Spec("a mark in the middle", "E0101") { small + "\u{FEFF}seed: 3\n" }, Spec("a bell", "E0101") { small + "# \u{7}\n" },
        Spec("carriage returns", "E0113") { small + many("\r", 1_000_000) },
        Spec("a megabyte in one text", nil) { small + "description: " + many("a", 1_000_000) + "\n" },
        Spec("a megabyte in one number", "E0205") { small + "seed: " + many("9", 1_000_000) + "\n" },
        Spec("a megabyte in one key", "E0201") { small + "? " + many("a", 1_000_000) + "\n: 1\n" },
        Spec("a megabyte in one path", "E0121") { small + "extends: " + many("a/", 500_000) + "\n" },
        Spec("a megabyte of escapes", nil) { small + "description: \"" + many("\\n", 500_000) + "\"\n" },
        Spec("a megabyte of quotes", nil) { small + "x-a: " + many("'", 1_000_000) + "\n" },
        Spec("a megabyte of colons", "E0101") { small + "x-a: " + many(": ", 500_000) + "\n" },
        Spec("a megabyte of commas", "E0101") { small + "x-a: [" + many(",", 1_000_000) + "]\n" },
        Spec("a megabyte of empty lines", nil) { small + many("\n", 1_000_000) },
        Spec("a megabyte of one literal text", nil) { small + "x-a: |\n" + many(" \n", 400_000) },
    ]

    static let mistakes: [Spec] = [
        Spec("49,000 keys twice, in one line", "E0105", count: 48_999) { small + "x-a: {" + many("\u{E4}: 1,", 49_000) + "}\n" },
        Spec("20,000 unknown keys", "E0201", count: 20_000) { small + numbered(20_000) { "epoch\($0): 1\n" } },
        Spec("90,000 names twice", "E0324", count: 89_999) { small + "metrics: [" + many("rmse,", 90_000) + "]\n" },
        Spec("60,000 layers", nil) { "nnspec: 1\ndata: {path: a.csv, target: y}\nmodel: {layers: [" + many("8,", 60_000) + "auto]}\n" },
        Spec("60,000 layers that are none", "E0210", count: 60_000) {
            "nnspec: 1\ndata: {path: a.csv, target: y}\nmodel: {layers: [" + many("dens,", 60_000) + "]}\n"
        },
        Spec("30,000 classes with as many weights", "E0320") {
            let (names, weights) = (numbered(30_000) { "c\($0)," }, numbered(30_000) { "c\($0): 0," })
            return "nnspec: 1\ndata: {path: a.csv, target: y, classes: [\(names)]}\nmodel: {layers: [auto]}\nclass_weights: {\(weights)}\n"
        },
        Spec("a base as long as the file", nil) { small + "extends: b.yaml\n" + numbered(45_000) { "x-\($0): 1\n" } },
        Spec("a megabyte of --set", nil, words: ["render", "a.yaml"] + megabyteOfSets) { small },
    ]

    @Test(arguments: depths + aliases + texts + mistakes) func isRefusedAtOnce(_ spec: Spec) throws {
        try withFolder { folder in
            try Data(spec.text()).write(to: URL(fileURLWithPath: folder + "/a.yaml"))
            try (Self.small + Self.numbered(45_000) { "x-\($0): 2\n" }).write(toFile: folder + "/b.yaml", atomically: false, encoding: .utf8)
            check(try limited(spec.words + ["--json"], in: folder), spec.code, count: spec.count)
        }
    }

    /// 100 MB, in lines and in one; named on the command line and by another spec. It is not read at all.
    @Test(arguments: ["# 0123456789\n", "[", "a: 1, "]) func aHundredMegabytes(_ piece: String) throws {
        try withFolder { folder in
            let block = Data(String(repeating: piece, count: (1 << 20) / piece.utf8.count).utf8)
            _ = FileManager.default.createFile(atPath: folder + "/large.yaml", contents: Data(Self.small.utf8))
            let file = try #require(FileHandle(forWritingAtPath: folder + "/large.yaml"))
            try file.seekToEnd()
            for _ in 0..<100 { try file.write(contentsOf: block) }
            try file.close()
            try ("extends: large.yaml\n" + Self.small).write(toFile: folder + "/a.yaml", atomically: false, encoding: .utf8)
            check(try limited(["render", "large.yaml", "--json"], in: folder), "E0123")
            check(try limited(["render", "a.yaml", "--json"], in: folder), "E0123")
            check(try limited(["render", "/dev/stdin", "--json"], in: folder, input: "<large.yaml"), "E0123")
            check(try limited(["render", "/dev/stdin", "--json"], in: folder, input: "<large.yaml cat |"), "E0122")
        }
    }

    /// Paths that name no file of text, for a spec and for what it extends.
    @Test(arguments: [
        (".", "E0122"), ("pipe", "E0122"), ("/dev/zero", "E0122"), ("/dev/null", "E0122"), ("/dev/stdin", "E0122"), ("loop1", "E0121"),
        ("nothing.yaml", "E0121"), ("nothing\nhere.yaml", "E0121"), ("a.yaml/b.yaml", "E0121"), (String(repeating: "n", count: 300), "E0121"),
        ("", "E0121"),
    ])
    func noFiles(_ path: String, _ code: String) throws {
        try withFolder { folder in
            mkfifo(folder + "/pipe", 0o600)
            try FileManager.default.createSymbolicLink(atPath: folder + "/loop1", withDestinationPath: "loop2")
            try FileManager.default.createSymbolicLink(atPath: folder + "/loop2", withDestinationPath: "loop1")
            let quoted = path.replacingOccurrences(of: "\n", with: "\\n")
            try (Self.small + "extends: \"\(quoted)\"\n").write(toFile: folder + "/a.yaml", atomically: false, encoding: .utf8)
            check(try limited(["render", path, "--json"], in: folder, input: "echo 'nnspec: 1' |"), code)
            let tool = try limited(["render", "a.yaml", "--json"], in: folder, input: "echo 'nnspec: 1' |")
            if path.isEmpty {
                #expect(tool.status == 3, "\(tool.errors)")
            } else {
                check(tool, code)
                #expect(FoundDiagnostic.all(tool.output)?.first?.place?.line == 4)
            }
        }
    }

    /// A file may be called anything; a message stays on its line.
    @Test func aNameOfTwoLines() throws {
        try withFolder { folder in
            try Self.small.write(toFile: folder + "/a\nerror[E0000]: b.yaml", atomically: false, encoding: .utf8)
            let tool = try limited(["render", "a\nerror[E0000]: b.yaml", "--json"], in: folder)
            check(tool, "E0301")
            #expect(tool.errors.split(separator: "\n").count { $0.hasPrefix("error") } == 1, "\(tool.errors)")
            try "nnspec: 1\n\u{1B}[2Jx: 1\n".write(toFile: folder + "/c\n.yaml", atomically: false, encoding: .utf8)
            let other = try limited(["check", "c\n.yaml"], in: folder)
            #expect(other.status == 3 && !other.errors.contains("\u{1B}") && other.errors.contains("c\\n.yaml:2:1"), "\(other.errors)")
        }
    }

    /// A regular file is read whatever it is called by.
    @Test func standardInputThatIsAFile() throws {
        try withFolder { folder in
            try Self.small.write(toFile: folder + "/a.yaml", atomically: false, encoding: .utf8)
            #expect(try limited(["render", "/dev/stdin"], in: folder, input: "<a.yaml").status == 0)
        }
    }

    // MARK: Running

    /// Runs nnspec under limits. - Parameter input: a redirection or the left side of a pipe.
    private func limited(_ words: [String], in folder: String, input: String = "") throws -> Tool {
        try Tool.run(words, in: folder, through: "ulimit -v 307200; ulimit -t 2; \(input) \"$@\"", deadline: 30)
    }

    private func check(_ tool: Tool, _ code: String?, count: Int = 1) {
        guard let code else {
            #expect(tool.status == 0 && tool.errors.isEmpty, "\(tool.errors.prefix(2000))")
            return
        }
        let found = FoundDiagnostic.all(tool.output) ?? []
        #expect(tool.status == 3, "\(tool.status): \(tool.errors.prefix(2000))")
        #expect(found.count == count && found.allSatisfy { $0.code == code }, "\(Set(found.map(\.code))) \(found.count): \(tool.errors.prefix(2000))")
        #expect(tool.errors.utf8.count < 200_000)
    }
}
