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

    /// `--set` takes what the page of the language tells; each key is one that the checker knows.
    static let settings: [String] = {
        guard let page = try? Tool.run(["schema", "--markdown"]).output else { return [] }
        let block = page.components(separatedBy: "```yaml\n").dropFirst(2).first?.components(separatedBy: "```").first ?? ""
        var sections: [String] = []
        return block.split(separator: "\n").compactMap { line in
            guard let match = line.firstMatch(of: /^( *)([a-z0-9_]+):/) else { return nil }
            sections = Array(sections.prefix(match.1.count / 2)) + [String(match.2)]
            return sections.joined(separator: ".")
        }
    }()

    @Test(arguments: shells) func everySettingIsThere(_ shell: String) throws {
        let text = try script(shell)
        #expect(Self.settings.count > 60 && Self.settings.contains("data.split.validation"))
        for setting in Self.settings where !["nnspec", "extends", "data", "model", "training", "output"].contains(setting) {
            let written = shell == "zsh" ? "'\(setting):" : shell == "fish" ? " \(setting) '" : " \(setting)"
            #expect(text.contains(written), "\(shell): \(setting)")
        }
        // What this version does not act on is not proposed.
        for setting in ["training.early_stopping", "sweep.trials", "data.sample_weight", "nnspec="] where !Self.settings.contains(setting) {
            #expect(!text.contains(" \(setting)"), "\(shell): \(setting)")
        }
    }

    @Test(
        arguments: [
            (["train", "a.yaml", "--set", "training.ep"], ["training.epochs"]), (["train", "a.yaml", "--set", "=", "data.sp"], dataSplit),
            (["check", "a.yaml", "--set", "seed"], ["seed"]), (["train", "a.yaml", "--set", "training.keep", "="], ["best", "last"]),
            (["train", "a.yaml", "--set", "optimizer.type", "=", "ad"], ["adagrad", "adam", "adamw"]),
            (["train", "a.yaml", "--set", "=", "loss", "=", "h"], ["huber"]), (["train", "--set", "training.shuffle", "=", "f"], ["false"]),
            (["train", "a.yaml", "--set", "training.epochs", "=", "5"], []), (["train", "a.yaml", "--set", "nothing", "=", ""], []),
            (["train", "--set", "training.keep", "=", "best", "a"], ["a.yaml"]),
            (["train", "--set", "training.keep", ""], ["a.yaml", "b.yml", "runs/"]),
            (["evaluate", "runs", "--set", "tr"], []),
        ] as [([String], [String])])
    func bashProposesSettings(words: [String], proposals: [String]) throws { try bashProposes(words: words, proposals: proposals) }

    private static let dataSplit = [
        "data.split", "data.split.fold", "data.split.folds", "data.split.key", "data.split.method", "data.split.test", "data.split.train",
        "data.split.validation",
    ]

    /// A shell that is not installed is left out; what its script holds is looked at above.
    @Test(arguments: [
        ("opt", "optimizer.momentum="), ("training.k", "training.keep="), ("optimizer.type=adam", "optimizer.type=adamw"),
        ("training.shuffle=", "training.shuffle=false"),
    ])
    func fishProposesSettings(_ word: String, _ proposal: String) throws {
        guard let path = ["/bin/fish", "/usr/bin/fish"].first(where: FileManager.default.isExecutableFile) else { return }
        try withFolder { folder in
            try script("fish").write(toFile: folder + "/script", atomically: false, encoding: .utf8)
            for form in ["--set \(word)", "--set=\(word)"] {
                let found = try run(path, ["--no-config", "-c", "source \(folder)/script; complete -C'nnspec train a.yaml \(form)'"])
                #expect(found.contains(proposal), "\(form): \(found)")
            }
        }
    }

    @Test func otherShellsAreRefused() throws {
        let tool = try Tool.run(["completions", "bas"])
        #expect(tool.status == 2 && tool.errors.contains("bash, zsh, fish, man") && tool.errors.contains("did you mean `bash`?"), "\(tool.errors)")
    }

    @Test func manualPageHoldsEveryCommandAndFlag() throws {
        let page = try script("man")
        for (name, flags) in Self.commands {
            #expect(page.contains(".SS nnspec \(name.split(separator: "-").joined(separator: "\\-"))"))
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
