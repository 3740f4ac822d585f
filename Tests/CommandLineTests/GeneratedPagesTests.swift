import Foundation
import TestSupport
import Testing

/// Every page that scripts/generate_docs.sh writes is the committed one.
@Suite struct GeneratedPagesTests {
    private static let command = "make docs"

    @Test func allAreFresh() throws {
        try withFolder { folder in
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/bash")
            process.arguments = [Repository.root + "/scripts/generate_docs.sh", Tool.path, folder]
            process.standardOutput = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            try #require(process.terminationStatus == 0, "the script fails: run `\(Self.command)` to see why")
            let pages = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            #expect(
                pages == ["diagnostics.md", "messages.md", "nnspec.1", "nnspec.schema.json", "other-tools.md", "spec-language.md"],
                "a page that is generated is listed here, and one that is listed is generated")
            for page in pages {
                let new = try String(contentsOfFile: "\(folder)/\(page)", encoding: .utf8)
                let old = (try? String(contentsOfFile: "\(Repository.root)/docs/\(page)", encoding: .utf8)) ?? ""
                #expect(new.count > 1000)
                guard new != old else { continue }
                let lines = (
                    new.split(separator: "\n", omittingEmptySubsequences: false), old.split(separator: "\n", omittingEmptySubsequences: false)
                )
                let at = zip(lines.0, lines.1).enumerated().first { $1.0 != $1.1 }?.offset ?? min(lines.0.count, lines.1.count)
                let (is_, was) = (at < lines.0.count ? lines.0[at].prefix(200) : "", at < lines.1.count ? lines.1[at].prefix(200) : "")
                Issue.record("docs/\(page) is stale, run `\(Self.command)`: line \(at + 1) would be `\(is_)` and is `\(was)`")
            }
        }
    }

    /// README.md shows one of the messages; it is one that docs/messages.md holds, word by word.
    @Test func theReadmeShowsWhatIsPrinted() throws {
        let readme = try String(contentsOfFile: Repository.root + "/README.md", encoding: .utf8)
        let page = try String(contentsOfFile: Repository.root + "/docs/messages.md", encoding: .utf8)
        let shown = readme.components(separatedBy: "```\n$ nnspec ").dropFirst().compactMap { $0.components(separatedBy: "\n```").first }
        #expect(!shown.isEmpty)
        for text in shown { #expect(page.contains("$ nnspec " + text), "copy it from docs/messages.md, which `\(Self.command)` writes:\n\(text)") }
    }

    /// The ten messages are errors with advice, and no two runs are of one kind.
    @Test func tenMessages() throws {
        let page = try String(contentsOfFile: Repository.root + "/docs/messages.md", encoding: .utf8)
        let runs = page.components(separatedBy: "\n$ nnspec ").dropFirst()
        #expect(runs.count == 10)
        for run in runs { #expect(run.contains("error[E") && run.contains("= fix: ") && !run.contains("/tmp/"), "\(run)") }
    }

    /// The first spec of the page and of README.md is no drawing: it trains.
    @Test(arguments: ["README.md", "docs/spec-language.md"]) func theFirstSpecTrains(_ page: String) throws {
        let text = try String(contentsOfFile: "\(Repository.root)/\(page)", encoding: .utf8)
        let spec = try #require(text.components(separatedBy: "```yaml\n").dropFirst().first?.components(separatedBy: "```").first)
        try withFolder { folder in
            try FileManager.default.copyItem(atPath: Repository.root + "/specs/data/iris.csv", toPath: folder + "/iris.csv")
            try spec.write(toFile: folder + "/iris.yaml", atomically: false, encoding: .utf8)
            let tool = try Tool.run(["train", "iris.yaml", "--quiet"], in: folder)
            #expect(tool.status == 0 && tool.errors == "", "\(tool.errors)")
        }
    }

    /// A page that says it is made is made: none is kept by hand under that heading.
    @Test func madePagesAreMadeByTheScript() throws {
        let script = try String(contentsOfFile: Repository.root + "/scripts/generate_docs.sh", encoding: .utf8)
        for name in try FileManager.default.contentsOfDirectory(atPath: Repository.root + "/docs") {
            let text = try String(contentsOfFile: "\(Repository.root)/docs/\(name)", encoding: .utf8)
            if text.contains("Made by ") { #expect(script.contains(name), "\(name)") }
        }
    }
}
