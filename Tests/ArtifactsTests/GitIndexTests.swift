import Artifacts
import Datasets
import Diagnostics
import Foundation
import TestSupport
import Testing

/// What run.json says about the work tree, against git itself.
@Suite struct GitIndexTests {
    private static let hasGit = (try? git(["--version"], in: NSTemporaryDirectory())) != nil

    @discardableResult
    private static func git(_ arguments: [String], in folder: String) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org"] + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        var environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("GIT_") }
        environment["GIT_CONFIG_GLOBAL"] = "/dev/null"
        process.environment = environment
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
        return String(decoding: text, as: UTF8.self)
    }

    /// A run folder in a work tree with committed files, and what its run.json says of `git_dirty`.
    private static func withWorkTree(_ body: (_ base: String, _ dirty: () throws -> Bool?) throws -> Void) throws {
        try withFolder { base in
            try git(["init", "-q"], in: base)
            try git(["config", "index.version", "2"], in: base)
            for name in ["a.csv", "größe.yaml", "sub/deep/c.txt"] { try write("x\(name)\n", "\(base)/\(name)") }
            try FileManager.default.createSymbolicLink(atPath: base + "/link", withDestinationPath: "a.csv")
            try git(["add", "."], in: base)
            try git(["commit", "-qm", "all"], in: base)
            try body(base) {
                _ = try RunFolder.write(
                    base + "/runs/x", resolvedSpec: "nnspec: 1\n", model: Samples.classifier(), record: Samples.record,
                    environment: RunEnvironment(version: "0.0.0", threads: 2, durationSeconds: 1.5), sink: DiagnosticSink())
                let data = try Data(contentsOf: URL(fileURLWithPath: base + "/runs/x/run.json"))
                let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
                #expect(object.keys.contains("git_dirty"))
                return object["git_dirty"] as? Bool
            }
        }
    }

    private static func write(_ text: String, _ path: String) throws {
        try FileManager.default.createDirectory(atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try text.write(toFile: path, atomically: false, encoding: .utf8)
    }

    @Test(.enabled(if: hasGit)) func changesOfTrackedFiles() throws {
        try Self.withWorkTree { base, dirty in
            #expect(try dirty() == false)
            try Self.write("new", base + "/new.txt")
            #expect(try dirty() == false, "a file that is not tracked")
            try Self.write("longer than it was", base + "/sub/deep/c.txt")
            #expect(try dirty() == true, "another size")
            try Self.write("xsub/deep/c.txt\n", base + "/sub/deep/c.txt")
            #expect(try dirty() == false, "the old content with a new time")
            try Self.write("ysub/deep/c.txt\n", base + "/sub/deep/c.txt")
            #expect(try dirty() == true, "the same size")
            try Self.git(["checkout", "-q", "."], in: base)
            #expect(try dirty() == false)
            try FileManager.default.removeItem(atPath: base + "/link")
            #expect(try dirty() == true, "a file less")
            try FileManager.default.createSymbolicLink(atPath: base + "/link", withDestinationPath: "b.csv")
            #expect(try dirty() == true, "a link elsewhere")
        }
    }

    @Test(.enabled(if: hasGit)) func whatTheRunItselfWroteDoesNotCount() throws {
        try Self.withWorkTree { base, dirty in
            _ = try dirty()
            try Self.git(["add", "."], in: base)
            try Self.git(["commit", "-qm", "run"], in: base)
            try Self.write("{}", base + "/runs/x/run.json")
            #expect(try dirty() == false)
            try Self.write("{}", base + "/runs/x-2/run.json")
            try Self.git(["add", "runs/x-2"], in: base)
            try Self.git(["commit", "-qm", "another", "runs/x-2"], in: base)
            try Self.write("{1}", base + "/runs/x-2/run.json")
            #expect(try dirty() == true)
        }
    }

    @Test(.enabled(if: hasGit)) func whatTheIndexCannotTell() throws {
        try Self.withWorkTree { base, dirty in
            try Self.write("something else\n", base + "/a.csv")
            try Self.git(["add", "a.csv"], in: base)
            #expect(try dirty() == nil, "added and not committed")
            try Self.git(["commit", "-qm", "a"], in: base)
            #expect(try dirty() == false)
            try Self.git(["update-index", "--index-version", "4"], in: base)
            #expect(try dirty() == nil, "another version")
            for text in ["", "DIRC", "DIRC\0\0\0\u{2}\u{7F}\0\0\0" + String(repeating: "x", count: 200)] {
                try Self.write(text, base + "/.git/index")
                #expect(try dirty() == nil)
            }
            try FileManager.default.removeItem(atPath: base + "/.git/index")
            #expect(try dirty() == nil)
        }
    }

    @Test(.enabled(if: hasGit)) func aDamagedIndexIsNoTrap() throws {
        try Self.withWorkTree { base, dirty in
            let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: base + "/.git/index")))
            var bits = Dice(state: 9)
            for round in 0..<300 {
                var damaged = round < 100 ? Array(whole.prefix(Int(bits.next() % UInt64(whole.count)))) : whole
                for _ in 0..<(round < 100 ? 0 : 3) {
                    damaged[8 + Int(bits.next() % UInt64(whole.count - 8))] = UInt8(truncatingIfNeeded: bits.next())
                }
                try Data(damaged).write(to: URL(fileURLWithPath: base + "/.git/index"))
                _ = try dirty()
            }
        }
    }

    @Test func digestsOfTheData() throws {
        try withFolder { base in
            let digests = [DataDigest(file: "data/\"a\".csv", digest: "sha256:00ff"), DataDigest(file: "b.csv", digest: nil)]
            _ = try RunFolder.write(
                base, resolvedSpec: "nnspec: 1\n", model: Samples.classifier(), record: Samples.record,
                environment: RunEnvironment(version: "0.0.0", threads: 2, durationSeconds: 1.5, dataDigest: digests), sink: DiagnosticSink())
            let data = try Data(contentsOf: URL(fileURLWithPath: base + "/run.json"))
            let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
            let found = try #require(object["data_digest"] as? [String: Any])
            #expect(found.count == 2 && found["data/\"a\".csv"] as? String == "sha256:00ff" && found["b.csv"] is NSNull)
        }
    }
}
