import Artifacts
import Diagnostics
import Foundation
import TestSupport
import Testing

@Suite struct RunFolderTests {
    private func write(_ folder: String, sink: DiagnosticSink = DiagnosticSink()) throws -> [(name: String, bytes: Int)] {
        try RunFolder.write(
            folder, resolvedSpec: "nnspec: 1\n", model: Samples.classifier(), record: Samples.record,
            environment: RunEnvironment(version: "0.0.0", threads: 2, durationSeconds: 1.5), sink: sink)
    }

    private func content(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    /// Trainings of single folds go side by side, but not beside one that replaces the whole folder.
    @Test func aFoldAloneSharesTheFolderAboveIt() throws {
        try withFolder { base in
            func codes(_ folder: String) -> [String] {
                let sink = DiagnosticSink()
                _ = try? RunFolder.take(folder, sink: sink)
                return sink.diagnostics.map(\.code)
            }
            do {
                let second = try RunFolder.take(base + "/run/fold-2", sink: DiagnosticSink())
                #expect(codes(base + "/run/fold-1") == [])
                #expect(codes(base + "/run/fold-2") == ["E3704"])
                #expect(codes(base + "/run") == ["E3704"])
                withExtendedLifetime(second) {}
            }
            do {
                let whole = try RunFolder.take(base + "/run", sink: DiagnosticSink())
                #expect(codes(base + "/run/fold-2") == ["E3704"])
                withExtendedLifetime(whole) {}
            }
            #expect(codes(base + "/run/fold-2") == [] && codes(base + "/run") == [])
        }
    }

    @Test func holdsItsFiles() throws {
        try withFolder { base in
            let folder = base + "/a/b/run"
            let files = try write(folder)
            let names = ["spec.resolved.yaml", "weights.json", "metrics.csv", "evaluation.json", "run.json"]
            #expect(files.map(\.name) == names)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == names.sorted())
            for file in files { #expect(try content("\(folder)/\(file.name)").utf8.count == file.bytes) }
            #expect(try content(folder + "/spec.resolved.yaml") == "nnspec: 1\n")
            #expect(try content(folder + "/weights.json") == WeightsRoundTripTests.golden)
            #expect(
                try content(folder + "/metrics.csv") == """
                    epoch,learning_rate,train.loss,validation.loss,validation.accuracy,validation.macro_f1
                    1,0.001,0.5,0.625,0.75,
                    2,0.001,0.25,0.1,1.0,0.5

                    """)
            #expect(
                try content(folder + "/evaluation.json") == """
                    {
                      "train.rows": 4,
                      "train.loss": 0.25,
                      "train.accuracy": 1.0,
                      "train.macro_f1": null,
                      "best_epoch": 2,
                      "stop_reason": "epochs"
                    }

                    """)
        }
    }

    @Test func runJSONTellsAboutTheRun() throws {
        try withFolder { base in
            let commit = "0123456789abcdef0123456789abcdef01234567"
            try FileManager.default.createDirectory(atPath: base + "/.git/refs/heads", withIntermediateDirectories: true)
            try "ref: refs/heads/main\n".write(toFile: base + "/.git/HEAD", atomically: false, encoding: .utf8)
            try (commit + "\n").write(toFile: base + "/.git/refs/heads/main", atomically: false, encoding: .utf8)
            _ = try write(base + "/runs/x")
            let data = try Data(contentsOf: URL(fileURLWithPath: base + "/runs/x/run.json"))
            let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
            #expect(object["git_commit"] as? String == commit)
            #expect(object["threads"] as? Int == 2 && object["version"] as? String == "0.0.0" && object["duration_seconds"] as? Double == 1.5)
            let started = try #require(object["started"] as? String)
            let date = try #require(ISO8601DateFormatter().date(from: started))
            #expect(abs(date.timeIntervalSinceNow) < 60)
            // The same branch, packed.
            try FileManager.default.removeItem(atPath: base + "/.git/refs/heads/main")
            let packed = "# pack-refs\n\(String(commit.reversed())) refs/heads/other\n\(commit) refs/heads/main\n"
            try packed.write(toFile: base + "/.git/packed-refs", atomically: false, encoding: .utf8)
            _ = try write(base + "/runs/x")
            #expect(try content(base + "/runs/x/run.json").contains("\"git_commit\": \"\(commit)\""))
        }
    }

    @Test func isReadAsWeights() throws {
        try withFolder { base in
            _ = try write(base + "/run")
            let sink = DiagnosticSink()
            for path in [base + "/run", base + "/run/", base + "/run/weights.json"] {
                #expect(try WeightsFile.read(path: path, sink: sink).layers.count == 3)
            }
            #expect(sink.diagnostics.isEmpty)
        }
    }

    @Test func whatIsNoRunIsSaidSo() throws {
        try withFolder { base in
            mkfifo(base + "/pipe", 0o600)
            for (path, code) in [(base, "E1702"), (base + "/nothing", "E1701"), (base + "/pipe", "E1701"), ("/dev/zero", "E1701")] {
                let sink = DiagnosticSink()
                #expect(throws: Stopped.self) { try WeightsFile.read(path: path, sink: sink) }
                #expect(sink.diagnostics.map(\.code) == [code], "\(path)")
            }
        }
    }

    @Test func aSecondRunReplacesTheFirst() throws {
        try withFolder { base in
            _ = try write(base + "/run")
            let before = try content(base + "/run/weights.json")
            let inode = try FileManager.default.attributesOfItem(atPath: base + "/run/weights.json")[.systemFileNumber] as? Int
            let reader = try #require(FileHandle(forReadingAtPath: base + "/run/weights.json"))
            _ = try write(base + "/run")
            #expect(try content(base + "/run/weights.json") == before)
            let second = try FileManager.default.attributesOfItem(atPath: base + "/run/weights.json")[.systemFileNumber] as? Int
            #expect(inode != second, "the file was edited in place")
            // Who had the old file open still reads all of it.
            #expect(String(decoding: try #require(try reader.readToEnd()), as: UTF8.self) == before)
        }
    }

    @Test func prepareLeavesNothing() throws {
        try withFolder { base in
            try RunFolder.prepare(base + "/runs/deep/x", sink: DiagnosticSink())
            #expect(try FileManager.default.contentsOfDirectory(atPath: base).isEmpty)
        }
    }

    @Test func aFileInTheWayIsFoundBefore() throws {
        try withFolder { base in
            try "x".write(toFile: base + "/runs", atomically: false, encoding: .utf8)
            let sink = DiagnosticSink()
            #expect(throws: Stopped.self) { try RunFolder.prepare(base + "/runs/x", sink: sink) }
            #expect(sink.diagnostics.map(\.code) == ["E3701"])
            #expect(sink.diagnostics[0].message.contains("runs is not a folder"))
            #expect(ExitStatus.of(sink.diagnostics) == 6)
            let late = DiagnosticSink()
            #expect(throws: Stopped.self) { try write(base + "/runs/x", sink: late) }
            #expect(late.diagnostics.map(\.code) == ["E3702"])
        }
    }

    @Test func aFolderInPlaceOfAFileIsFoundBefore() throws {
        try withFolder { base in
            try FileManager.default.createDirectory(atPath: base + "/x/weights.json", withIntermediateDirectories: true)
            let sink = DiagnosticSink()
            #expect(throws: Stopped.self) { try RunFolder.prepare(base + "/x", sink: sink) }
            #expect(sink.diagnostics.map(\.code) == ["E3701"])
            // The writer itself reports it too, and takes its temporary files away.
            let late = DiagnosticSink()
            #expect(throws: Stopped.self) { try write(base + "/x", sink: late) }
            #expect(late.diagnostics.map(\.code) == ["E3703"])
            let left = try FileManager.default.contentsOfDirectory(atPath: base + "/x")
            #expect(!left.contains { $0.hasSuffix(".tmp") }, "\(left)")
        }
    }

    /// Root may write anywhere, so this one needs another user.
    @Test(.enabled(if: geteuid() != 0)) func aReadOnlyFolderIsFoundBefore() throws {
        try withFolder { base in
            chmod(base, 0o500)
            defer { chmod(base, 0o700) }
            let sink = DiagnosticSink()
            #expect(throws: Stopped.self) { try RunFolder.prepare(base + "/runs/x", sink: sink) }
            #expect(sink.diagnostics.map(\.code) == ["E3701"])
            #expect(sink.diagnostics[0].message.contains("Permission denied"))
        }
    }
}
