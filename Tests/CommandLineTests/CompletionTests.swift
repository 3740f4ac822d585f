import Foundation
import TestSupport
import Testing

/// The scripts for shells and the manual page, which come from the same table as the help.
@Suite struct CompletionTests {
    static let shells = ["bash", "zsh", "fish"]

    private func script(_ shell: String) throws -> String {
        let tool = try Tool.run(["completions", shell])
        try #require(tool.status == 0 && tool.errors == "", "\(tool.errors)")
        return tool.output
    }

    /// Commands and their flags, as the help tells them.
    static let commands: [(name: String, flags: [String])] = {
        func rows(_ text: String, _ heading: String) -> [String] {
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            guard let start = lines.firstIndex(of: heading) else { return [] }
            return lines[(start + 1)...].prefix { $0.hasPrefix("  ") }.compactMap { $0.split(separator: " ").first.map(String.init) }
        }
        guard let overview = try? Tool.run(["--help"]) else { return [] }
        return rows(overview.output, "commands").map { name in (name, rows((try? Tool.run([name, "--help"]))?.output ?? "", "flags")) }
    }()

    @Test(arguments: shells) func everyCommandAndFlagIsThere(_ shell: String) throws {
        let text = try script(shell)
        #expect(Self.commands.count >= 9)
        for (name, flags) in Self.commands {
            #expect(flags.contains("--help"))
            let lines = text.split(separator: "\n").map(String.init)
            let own: [String]
            switch shell {
            case "bash": own = lines.filter { $0.hasPrefix("    \(name)) flags=") }
            case "zsh":
                let start = try #require(lines.firstIndex(of: "    \(name))"))
                let end = try #require(lines[start...].firstIndex { $0.hasSuffix(";;") })
                own = Array(lines[start...end])
            default: own = lines.filter { $0.contains("__fish_seen_subcommand_from \(name)'") }
            }
            for flag in flags {
                let written = shell == "fish" ? "-l \(flag.dropFirst(2)) " : flag
                #expect(own.contains { $0.contains(written) }, "\(shell): \(name) \(flag)")
            }
        }
    }

    /// With `-n` the shell reads a script and runs nothing. A shell that is not installed is left out.
    @Test(arguments: shells) func theShellAcceptsItsScript(_ shell: String) throws {
        guard let path = ["/bin/\(shell)", "/usr/bin/\(shell)"].first(where: FileManager.default.isExecutableFile) else { return }
        try withFolder { folder in
            try script(shell).write(toFile: folder + "/script", atomically: false, encoding: .utf8)
            #expect(try run(path, ["-n", folder + "/script"]) == "")
        }
    }

    @Test(
        arguments: [
            (["tr"], ["train"]), (["help", "ini"], ["init"]), (["train", ""], ["a.yaml", "b.yml", "runs/"]), (["train", "a"], ["a.yaml"]),
            (["train", "a.yaml", "--thr"], ["--threads"]), (["train", "a.yaml", "--output", ""], ["runs/"]),
            (["train", "a.yaml", "--output", "=", "ru"], ["runs/"]), (["train", "--threads", "2", "b"], ["b.yml"]),
            (["train", "--set", "training.epochs", "=", "5", "b"], ["b.yml"]), (["train", "a.yaml", "--threads", ""], []),
            (["plan", "a.yaml", "--emit", "g"], ["gradient", "graph"]), (["evaluate", "r"], ["runs/"]), (["init", "d"], ["data.csv"]),
            (["predict", "runs", "data"], ["data.csv"]), (["completions", ""], ["bash", "fish", "man", "zsh"]), (["nothing", ""], []),
        ] as [([String], [String])])
    func bashProposes(words: [String], proposals: [String]) throws {
        guard FileManager.default.isExecutableFile(atPath: "/bin/bash") else { return }
        try withFolder { folder in
            for name in ["a.yaml", "b.yml", "data.csv", "notes"] { _ = FileManager.default.createFile(atPath: "\(folder)/\(name)", contents: nil) }
            try FileManager.default.createDirectory(atPath: folder + "/runs", withIntermediateDirectories: true)
            let text =
                try script("bash") + """
                    cd "$1"; shift
                    COMP_WORDS=(nnspec "$@"); COMP_CWORD=$#
                    _nnspec
                    [ ${#COMPREPLY[@]} -eq 0 ] || printf '%s\\n' "${COMPREPLY[@]}"

                    """
            try text.write(toFile: folder + "/.script", atomically: false, encoding: .utf8)
            let found = try run("/bin/bash", [folder + "/.script", folder] + words).split(separator: "\n").map(String.init)
            #expect(found.sorted() == proposals)
        }
    }

    @Test func otherShellsAreRefused() throws {
        let tool = try Tool.run(["completions", "bas"])
        #expect(tool.status == 2 && tool.errors.contains("bash, zsh, fish, man") && tool.errors.contains("did you mean `bash`?"), "\(tool.errors)")
    }

    @Test func manualPageIsFresh() throws {
        let page = try script("man")
        let written = try String(contentsOfFile: Repository.root + "/docs/nnspec.1", encoding: .utf8)
        #expect(page == written, "docs/nnspec.1 is stale; `.build/release/nnspec completions man >docs/nnspec.1` writes it")
        for (name, flags) in Self.commands {
            #expect(page.contains(".SS nnspec \(name)"))
            for flag in flags { #expect(page.contains(flag.split(separator: "-").joined(separator: "\\-")), "\(name) \(flag)") }
        }
    }

    /// Standard output and error of a program.
    private func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text
    }
}
