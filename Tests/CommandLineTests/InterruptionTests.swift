import Foundation
import TestSupport
import Testing

/// Trainings that are stopped, killed, locked out or short of disk: what is left, what is said, and that they go on as if nothing had happened.
@Suite struct InterruptionTests {
    private static let compared = ["weights.json", "metrics.csv", "evaluation.json"]

    private func withProject(_ training: String = "", _ body: (String) throws -> Void) throws {
        try withFolder { folder in
            let spec = """
                nnspec: 1
                data: {path: data.csv, target: kind, split: {train: 0.75, validation: 0.25}}
                model: {layers: [16, {dropout: 0.2}, auto]}
                optimizer: {learning_rate: 0.001}
                training: {epochs: 1000000000, batch_size: 8\(training)}

                """
            try spec.write(toFile: folder + "/spec.yaml", atomically: false, encoding: .utf8)
            try RunTests.table().write(toFile: folder + "/data.csv", atomically: false, encoding: .utf8)
            try body(folder)
        }
    }

    private func train(_ words: [String] = [], in folder: String, through shell: String? = nil) throws -> Tool {
        try Tool.run(["train", "spec.yaml", "--quiet"] + words, in: folder, through: shell, deadline: 60)
    }

    private func files(_ run: String) throws -> [Data] { try Self.compared.map { try Data(contentsOf: URL(fileURLWithPath: "\(run)/\($0)")) } }
    private func names(_ folder: String) throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }
    private func epochs(_ run: String) throws -> Int {
        try String(contentsOfFile: run + "/metrics.csv", encoding: .utf8).split(separator: "\n").count - 1
    }

    private static func signalled(_ signal: String, after seconds: Double, more: String = "") -> String {
        "\"$@\" & p=$!; sleep \(seconds); kill -\(signal) $p; \(more) wait $p"
    }

    @Test(arguments: [("INT", Int32(130), "SIGINT"), ("TERM", Int32(143), "SIGTERM")])
    func aSignalLosesNothing(_ signal: String, _ status: Int32, _ name: String) throws {
        try withProject { folder in
            let run = folder + "/runs/spec"
            let stopped = try train(in: folder, through: Self.signalled(signal, after: 0.8))
            #expect(stopped.status == status, "\(stopped.errors)")
            #expect(stopped.errors.contains(name) && stopped.errors.contains("`nnspec train spec.yaml --resume` goes on"), "\(stopped.errors)")
            #expect(try names(run) == [".gitignore", "checkpoint", "metrics.csv"])
            let first = try epochs(run)
            let again = try train(["--resume", "--threads", "1"], in: folder, through: Self.signalled(signal, after: 0.5))
            let second = try epochs(run)
            #expect(again.status == status && second > first && first > 0, "\(first), \(second)")
            let end = ["--set", "training.epochs=\(second + 7)"]
            #expect(try train(["--resume"] + end, in: folder).status == 0)
            #expect(try train(["--output", "straight"] + end, in: folder).status == 0)
            #expect(try files(run) == files(folder + "/straight/spec"))
        }
    }

    @Test func theSecondSignalLeavesAtOnce() throws {
        try withProject { folder in
            let stopped = try train(in: folder, through: Self.signalled("INT", after: 1.2, more: "kill -INT $p;"))
            #expect(stopped.status == 130, "\(stopped.errors)")
            let again = try train(["--resume"], in: folder, through: Self.signalled("INT", after: 0.5))
            #expect(again.status == 130 && again.errors.contains("the state is saved"), "\(again.errors)")
        }
    }

    @Test func stopAfterAnEpoch() throws {
        try withProject(", early_stopping: {patience: 100000}, schedule: {step: {every: 2, factor: 0.9}}") { folder in
            let ten = ["--set", "training.epochs=10"]
            #expect(try train(["--output", "straight"] + ten, in: folder).status == 0)
            let stopped = try train(["--stop-after", "4"] + ten, in: folder)
            #expect(stopped.status == 0, "\(stopped.errors)")
            let evaluation = try String(contentsOfFile: folder + "/runs/spec/evaluation.json", encoding: .utf8)
            #expect(try evaluation.contains("\"stop_reason\": \"interrupted\"") && epochs(folder + "/runs/spec") == 4)
            let nothing = try Tool.run(["train", "spec.yaml", "--resume", "--stop-after", "3"] + ten, in: folder)
            #expect(nothing.status == 0 && nothing.errors.contains("[N1721]"), "\(nothing.errors)")
            // More epochs than were planned: the run with so many from the start.
            #expect(try train(["--resume"] + ["--set", "training.epochs=6"], in: folder).status == 0)
            #expect(try train(["--resume"] + ten, in: folder).status == 0)
            #expect(try files(folder + "/runs/spec") == files(folder + "/straight/spec"))
            let finished = try Tool.run(["train", "spec.yaml", "--resume"] + ten, in: folder)
            #expect(finished.status == 0 && finished.errors.contains("all 10 epochs are done"), "\(finished.errors)")
            // A run that was killed after its last state leaves those before it: two stay at most.
            let inner = folder + "/runs/spec/checkpoint"
            let state = try #require(try names(inner).first { $0.hasSuffix(".safetensors") })
            for number in 101...103 { try FileManager.default.copyItem(atPath: "\(inner)/\(state)", toPath: "\(inner)/\(number).safetensors") }
            #expect(try Tool.run(["train", "spec.yaml", "--resume"] + ten, in: folder).status == 0)
            #expect(try names(inner) == ["102.safetensors", "103.safetensors", "lock"])
        }
    }

    /// A schedule that depends on the number of epochs: with another one the epochs done were others.
    @Test func otherEpochsUnderACosineAreRefused() throws {
        try withProject(", schedule: cosine") { folder in
            #expect(try train(["--stop-after", "2", "--set", "training.epochs=5"], in: folder).status == 0)
            let tool = try train(["--resume", "--set", "training.epochs=6"], in: folder)
            #expect(tool.status == 4 && tool.errors.contains("training.epochs was 5, now it is 6"), "\(tool.errors)")
            #expect(try train(["--resume", "--set", "training.epochs=5"], in: folder).status == 0)
        }
    }

    /// kill -9: the lock goes with the process, its temporary file is taken away, and the checkpoint is good.
    @Test func aKilledRunLocksNothing() throws {
        try withProject { folder in
            let killed = try train(in: folder, through: Self.signalled("KILL", after: 1.5))
            #expect(killed.status == 137, "\(killed.status)")
            let inner = folder + "/runs/spec/checkpoint"
            let dead = try #require(try String(contentsOfFile: inner + "/lock", encoding: .utf8).split(separator: "\n").first)
            let own = ProcessInfo.processInfo.processIdentifier
            for name in ["checkpoint/.9.safetensors.\(dead).tmp", ".weights.json.\(dead).tmp", ".notes.\(dead).tmp", ".weights.json.\(own).tmp"] {
                try "x".write(toFile: "\(folder)/runs/spec/\(name)", atomically: false, encoding: .utf8)
            }
            let resumed = try train(["--resume"], in: folder, through: Self.signalled("INT", after: 0.7))
            #expect(resumed.status == 130, "\(resumed.errors)")
            // Those of others stay.
            let left = try names(folder + "/runs/spec").filter { $0.hasSuffix(".tmp") } + names(inner).filter { $0.hasSuffix(".tmp") }
            #expect(left == [".notes.\(dead).tmp", ".weights.json.\(own).tmp"])
        }
    }

    /// A run that was killed between two renames: whoever reads the folder next finishes them.
    @Test func aHalfReplacedRunIsFinished() throws {
        try withProject { folder in
            for (seed, output) in [("1", "runs"), ("2", "new")] {
                let words = ["--set", "training.epochs=3", "--set", "seed=\(seed)", "--output", output]
                #expect(try train(words, in: folder).status == 0)
            }
            let (run, new) = (folder + "/runs/spec", folder + "/new/spec")
            let others = ["spec.resolved.yaml", "metrics.csv", "evaluation.json", "run.json"]
            for name in others { try FileManager.default.copyItem(atPath: "\(new)/\(name)", toPath: "\(run)/.\(name).4194000.tmp") }
            try FileManager.default.removeItem(atPath: run + "/weights.json")
            try FileManager.default.copyItem(atPath: new + "/weights.json", toPath: run + "/weights.json")
            try "x".write(toFile: "\(folder)/runs/.evil.4194000.tmp", atomically: false, encoding: .utf8)
            try "4194000\nweights.json\n../evil\n\(others.joined(separator: "\n"))\n"
                .write(toFile: run + "/.replacing", atomically: false, encoding: .utf8)
            #expect(try files(run) != files(new))
            let inspect = try Tool.run(["inspect", "runs/spec"], in: folder)
            #expect(inspect.status == 0, "\(inspect.errors)")
            #expect(try files(run) == files(new))
            #expect(try names(run) == [".gitignore", "checkpoint"] + (others + ["weights.json"]).sorted { $0 < $1 })
            #expect(try names(folder + "/runs") == [".evil.4194000.tmp", "spec"])
        }
    }

    /// A training that diverges leaves the files of the last complete run, new metrics, and its last good state.
    @Test func divergenceKeepsTheLastRun() throws {
        try withProject { folder in
            #expect(try train(["--set", "training.epochs=3"], in: folder).status == 0)
            let run = folder + "/runs/spec"
            let before = try files(run)
            let sets = ["task=regression", "data.target=a", "data.normalize=none", "optimizer.type=sgd", "optimizer.learning_rate=5e3"]
            let words = sets.flatMap { ["--set", $0] } + ["--set", "data.features=[b]"]
            for more in [[], ["--resume"]] {
                let tool = try train(words + more, in: folder)
                #expect(tool.status == 5 && tool.errors.contains("[E2001]") && tool.errors.contains("it began in batch"), "\(tool.errors)")
                #expect(tool.errors.contains("of data.csv") && tool.errors.contains("it began here"), "\(tool.errors)")
                let after = try files(run)
                #expect(after[0] == before[0] && after[2] == before[2] && after[1] != before[1])
                #expect(!String(decoding: after[1], as: UTF8.self).lowercased().contains("nan"))
            }
        }
    }

    /// Files may have two blocks only: the checkpoint of before stays, and the message says so.
    @Test func aFullDiskLosesNoCheckpoint() throws {
        try withProject { folder in
            #expect(try train(["--stop-after", "2"], in: folder).status == 0)
            let full = try train(["--resume"], in: folder, through: "ulimit -f 2; " + Self.signalled("INT", after: 1.2))
            #expect(full.status == 6 && full.errors.contains("[E3703]"), "\(full.errors)")
            #expect(
                ["W3703", "E2902"].allSatisfy { full.errors.contains("[\($0)]") } && full.errors.contains("the checkpoint before it is whole"),
                "\(full.errors)")
            let end = ["--set", "training.epochs=5"]
            #expect(try train(["--resume"] + end, in: folder).status == 0)
            #expect(try train(["--output", "straight"] + end, in: folder).status == 0)
            #expect(try files(folder + "/runs/spec") == files(folder + "/straight/spec"))
        }
    }

    @Test func noCheckpointsWhereNoneAreWanted() throws {
        try withProject(", checkpoint_every: 0") { folder in
            #expect(try train(["--set", "training.epochs=3"], in: folder).status == 0)
            #expect(try names(folder + "/runs/spec/checkpoint") == ["lock"])
            let tool = try train(["--resume", "--set", "training.epochs=4"], in: folder)
            #expect(tool.status == 4 && tool.errors.contains("[E1721]"), "\(tool.errors)")
        }
    }

    @Test func aDryRunWritesNothing() throws {
        try withProject { folder in
            let tool = try Tool.run(["train", "spec.yaml", "--dry-run"], in: folder)
            #expect(tool.status == 0 && tool.output.contains("nothing was trained"), "\(tool.errors)")
            #expect(try names(folder) == ["data.csv", "spec.yaml"])
            #expect(try Tool.run(["train", "spec.yaml", "--dry-run", "--set", "data.target=none"], in: folder).status == 4)
        }
    }
}
