import Foundation
import TestSupport
import Testing

/// Cross-validations that are stopped, killed or short of disk, and go on.
@Suite struct StoppedFoldsTests {
    private static let ofFold = ["spec.resolved.yaml", "weights.json", "metrics.csv", "evaluation.json"]
    private static let ofAll = ["spec.resolved.yaml", "metrics.csv", "evaluation.json"]

    private static func withProject(_ training: String = "", optimizer: String = "adam", _ body: (String) throws -> Void) throws {
        try withFolder { folder in
            let layers = optimizer == "lbfgs" ? "[6, auto]" : "[6, {dropout: 0.1}, auto]"
            let spec = """
                nnspec: 1
                data: {path: d.csv, target: kind, split: {folds: 3}}
                model: {layers: \(layers)}
                optimizer: \(optimizer)
                training: {epochs: 8\(optimizer == "lbfgs" ? "" : ", batch_size: 8")\(training)}

                """
            try spec.write(toFile: folder + "/s.yaml", atomically: false, encoding: .utf8)
            try RunTests.table().write(toFile: folder + "/d.csv", atomically: false, encoding: .utf8)
            try body(folder)
        }
    }

    private static func train(_ words: [String], in folder: String, through shell: String? = nil) throws -> Tool {
        try Tool.run(["train", "s.yaml"] + words, in: folder, through: shell, deadline: 100)
    }

    private static func all(_ run: String) throws -> [String] {
        try (ofAll + (1...3).flatMap { fold in ofFold.map { "fold-\(fold)/\($0)" } }).map {
            try String(contentsOfFile: "\(run)/\($0)", encoding: .utf8)
        }
    }
    private static func names(_ folder: String) throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }

    /// What `--stop-after` leaves is a whole run; going on, on other threads, comes to the bytes of the one that was not stopped.
    @Test(arguments: [
        ("", "adam"), (", schedule: cosine, keep: last", "{type: sgd, momentum: 0.9}"), (", early_stopping: {patience: 2}", "adam"), ("", "lbfgs"),
    ])
    func stopsAfterEpochs(_ training: String, _ optimizer: String) throws {
        try Self.withProject(training, optimizer: optimizer) { folder in
            #expect(try Self.train(["--output", "straight"], in: folder).status == 0)
            for (stop, threads) in [("1", "2"), ("3", "1"), ("7", "2")] {
                let resumes = stop == "1" ? [] : ["--resume"]
                let stopped = try Self.train(resumes + ["--stop-after", stop, "--threads", threads], in: folder)
                #expect(stopped.status == 0, "\(stopped.errors)")
                let found = try Tool.run(["evaluate", "runs/s/fold-2"], in: folder)
                #expect(found.status == 0, "\(found.errors)")
            }
            let there = try Self.train(["--resume", "--stop-after", "2"], in: folder)
            #expect(there.status == 0 && there.errors.contains("[N1721]"), "\(there.errors)")
            #expect(training.contains("early") || there.errors.contains("have come to where they are to stop"), "\(there.errors)")
            #expect(try Self.train(["--resume", "--threads", "1"], in: folder).status == 0)
            #expect(try Self.all(folder + "/runs/s") == Self.all(folder + "/straight/s"))
            let nothing = try Self.train(["--resume"], in: folder)
            #expect(nothing.status == 0 && nothing.errors.contains("[N1721]") && nothing.errors.contains("all 3 folds are done"), "\(nothing.errors)")
        }
    }

    /// Stopped by signals until it is done: the files of the complete run before stay until then.
    @Test(arguments: [("INT", Int32(130), "1"), ("TERM", Int32(143), "2"), ("KILL", Int32(137), "1"), ("KILL", Int32(137), "2")])
    func aSignalLosesNoFold(_ signal: String, _ status: Int32, _ threads: String) throws {
        try Self.withProject { folder in
            let run = folder + "/runs/s"
            #expect(try Self.train(["--set", "seed=9"], in: folder).status == 0)
            let before = try Self.all(run)
            let long = ["--threads", threads, "--set", "training.epochs=80000"]
            #expect(try Self.train(["--output", "straight"] + long, in: folder).status == 0)
            var (stops, resumes) = (0, [String]())
            while stops < 60 {
                let shell = "\"$@\" & p=$!; sleep \(0.55 + 0.07 * Double(stops % 4)); kill -\(signal) $p; wait $p"
                let tool = try Self.train(resumes + long, in: folder, through: shell)
                if tool.status == 0 { break }
                if tool.status == 4, tool.errors.contains("E1721") {
                    // Killed before the first state.
                    resumes = []
                    continue
                }
                #expect(tool.status == status, "\(tool.errors)")
                if signal != "KILL" {
                    #expect(tool.errors.contains("of 3 folds trained") && tool.errors.contains("--resume` goes on from there"), "\(tool.errors)")
                    #expect(tool.errors.contains("last complete run"), "\(tool.errors)")
                }
                // Killed amid the renames at the end, the rest of them is done by whoever comes next.
                if signal == "KILL" { #expect(try Tool.run(["inspect", "runs/s/fold-1"], in: folder).status == 0) }
                let now = try Self.all(run)
                #expect(try now == before || signal == "KILL" && now == Self.all(folder + "/straight/s"))
                (stops, resumes) = (stops + 1, ["--resume"])
            }
            #expect(stops > 0 && stops < 60, "\(stops)")
            #expect(try Self.all(run) == Self.all(folder + "/straight/s"))
            #expect(
                try Self.names(run + "/fold-1") == ["checkpoint", "evaluation.json", "metrics.csv", "run.json", "spec.resolved.yaml", "weights.json"])
            #expect(try Self.names(run + "/fold-1/checkpoint").count == 1)
        }
    }

    /// More epochs go on from the last states, of all folds or of one; one fold alone is the same training.
    @Test func moreEpochsAndOneFoldAlone() throws {
        try Self.withProject { folder in
            let run = folder + "/runs/s"
            #expect(try Self.train(["--output", "straight"], in: folder).status == 0)
            #expect(try Self.train(["--set", "training.epochs=3"], in: folder).status == 0)
            // Fold 2 alone goes on from what all folds left, and its numbers are no longer those of the summary.
            let alone = try Self.train(["--resume", "--set", "data.split.fold=2"], in: folder)
            #expect(alone.status == 0 && alone.errors.contains("[W1732]"), "\(alone.errors)")
            #expect(try Self.names(run) == [".gitignore", "checkpoint", "fold-1", "fold-2", "fold-3"])
            #expect(try Self.train(["--resume"], in: folder).status == 0)
            #expect(try Self.all(run) == Self.all(folder + "/straight/s"))
            // The same training again says the same: the summary stays.
            let same = try Self.train(["--set", "data.split.fold=3"], in: folder)
            #expect(same.status == 0 && !same.errors.contains("W1732"), "\(same.errors)")
            #expect(try Self.all(run) == Self.all(folder + "/straight/s"))
        }
    }

    @Test func whatDoesNotFitIsRefused() throws {
        try Self.withProject { folder in
            let none = try Self.train(["--resume"], in: folder)
            #expect(none.status == 4 && none.errors.contains("[E1721]"), "\(none.errors)")
            #expect(try Self.names(folder) == ["d.csv", "s.yaml"])
            #expect(try Self.train(["--stop-after", "2"], in: folder).status == 0)
            for (words, code, text) in [
                (["--set", "seed=5"], "E1723", "seed was 0, now it is 5"), (["--set", "data.split.folds=4"], "E1723", "data.split.folds was 3"),
                (["--set", "training.epochs=1"], "E1726", "in epoch 3"),
            ] {
                let tool = try Self.train(["--resume"] + words, in: folder)
                #expect(tool.status == 4 && tool.errors.contains("[\(code)]") && tool.errors.contains(text), "\(tool.errors)")
                #expect(tool.errors.components(separatedBy: "[\(code)]").count == 2, "told once: \(tool.errors)")
            }
            // What may change: the threads, the time, where it is written, the epochs.
            let states = try (1...3).map { try Self.names("\(folder)/runs/s/fold-\($0)/checkpoint").filter { $0.hasSuffix(".safetensors") } }
            #expect(states.allSatisfy { $0.count == 1 })
            try "x".write(toFile: "\(folder)/runs/s/fold-3/checkpoint/\(states[2][0])", atomically: false, encoding: .utf8)
            let damaged = try Self.train(["--resume"], in: folder)
            #expect(damaged.status == 4 && damaged.errors.contains("[E1722]") && damaged.errors.contains("fold-3"), "\(damaged.errors)")
            let table = try String(contentsOfFile: folder + "/d.csv", encoding: .utf8)
            try (table + table.split(separator: "\n")[1] + "\n").write(toFile: folder + "/d.csv", atomically: false, encoding: .utf8)
            let changed = try Self.train(["--resume"], in: folder)
            #expect(changed.status == 4 && changed.errors.contains("[E1724]"), "\(changed.errors)")
        }
    }

    /// A newest state that cannot be read: the older one, with a warning, and the same bytes.
    @Test func theOlderStateIsTakenUp() throws {
        try Self.withProject { folder in
            #expect(try Self.train(["--output", "straight"], in: folder).status == 0)
            #expect(try Self.train(["--stop-after", "2"], in: folder).status == 0)
            let inner = folder + "/runs/s/fold-2/checkpoint"
            let name = try #require(try Self.names(inner).first { $0.hasSuffix(".safetensors") })
            let number = try #require(Int(name.split(separator: ".")[0]))
            try "cut short".write(toFile: "\(inner)/\(number + 1).safetensors", atomically: false, encoding: .utf8)
            let tool = try Self.train(["--resume"], in: folder)
            #expect(tool.status == 0 && tool.errors.components(separatedBy: "[W1721]").count == 2, "\(tool.errors)")
            #expect(try Self.all(folder + "/runs/s") == Self.all(folder + "/straight/s"))
        }
    }

    /// A run of fewer folds, and one of none, leave nothing of the others' states.
    @Test func statesOfOtherRunsGo() throws {
        try Self.withProject { folder in
            let run = folder + "/runs/s"
            for fold in 1...3 { #expect(try Self.train(["--set", "data.split.fold=\(fold)"], in: folder).status == 0) }
            #expect(try Self.train(["--set", "data.split.folds=2"], in: folder).status == 0)
            #expect(try Self.names(run).filter { $0.hasPrefix("fold-") } == ["fold-1", "fold-2"])
            #expect(try Self.train(["--set", "training.checkpoint_every=0"], in: folder).status == 0)
            let states = try (1...3).flatMap { try Self.names("\(run)/fold-\($0)/checkpoint") }
            #expect(states.allSatisfy { !$0.hasSuffix(".safetensors") }, "\(states)")
            #expect(try Self.train(["--set", "data.split.folds=none"], in: folder).status == 0)
            #expect(try Self.names(run).filter { $0.hasPrefix("fold-") } == [])
        }
    }

    /// Its time is shared out evenly, every fold makes an epoch, and `--resume` gives each as much again.
    @Test func theTimeIsShared() throws {
        try Self.withProject(", max_time: 1s") { folder in
            let long = ["--threads", "1", "--set", "training.epochs=100000000"]
            let start = ContinuousClock.now
            let tool = try Self.train(long, in: folder)
            let took = ContinuousClock.now - start
            #expect(tool.status == 0 && took < .seconds(2.5) && took > .seconds(0.9), "\(tool.errors), \(took)")
            func epochs() throws -> [Int] {
                try (1...3).map {
                    try String(contentsOfFile: "\(folder)/runs/s/fold-\($0)/metrics.csv", encoding: .utf8).split(separator: "\n").count - 1
                }
            }
            let first = try epochs()
            let text = try String(contentsOfFile: folder + "/runs/s/evaluation.json", encoding: .utf8)
            #expect(text.components(separatedBy: "\"max_time\"").count == 4, "\(text)")
            #expect((first.max() ?? 0) < 4 * (first.min() ?? 0), "\(first)")
            #expect(try Self.train(long + ["--resume"], in: folder).status == 0)
            #expect(try zip(epochs(), first).allSatisfy { $0 > $1 })
            // To a number of epochs it is the same run.
            let most = try epochs().max() ?? 0
            let end = ["--set", "training.max_time=none", "--set", "training.epochs=\(most + 3)"]
            #expect(try Self.train(["--resume"] + end, in: folder).status == 0)
            #expect(try Self.train(["--output", "straight"] + end, in: folder).status == 0)
            for name in ["metrics.csv", "evaluation.json", "fold-1/weights.json", "fold-3/weights.json"] {
                #expect(
                    try Data(contentsOf: URL(fileURLWithPath: "\(folder)/runs/s/\(name)"))
                        == Data(contentsOf: URL(fileURLWithPath: "\(folder)/straight/s/\(name)")))
            }
        }
    }

    /// Every fold reads the data when its turn comes: a file that is gone or another one by then ends the run, which goes on once it is back.
    @Test func dataThatChangeAreNoticed() throws {
        try Self.withProject { folder in
            let long = ["--threads", "1", "--set", "training.epochs=20000"]
            #expect(try Self.train(["--output", "straight"] + long, in: folder).status == 0)
            let waits = "until [ -e runs/s/fold-1/checkpoint/1.safetensors ]; do sleep 0.01; done;"
            for (change, code) in [("mv d.csv gone", "E1001"), ("cp d.csv gone; echo >> d.csv", "E1731")] {
                let shell = "\"$@\" & p=$!; \(waits) \(change); wait $p; s=$?; mv gone d.csv; rm -rf alone; exit $s"
                let tool = try Self.train(long, in: folder, through: shell)
                #expect(tool.status == 4 && tool.errors.contains("[\(code)]") && tool.errors.contains("--resume` goes on"), "\(tool.errors)")
                #expect(try Self.names(folder + "/runs/s").contains("fold-1") && !Self.names(folder + "/runs/s").contains("evaluation.json"))
                if code == "E1731" { break }
                try FileManager.default.removeItem(atPath: folder + "/runs")
            }
            let again = try Self.train(["--resume"] + long, in: folder)
            #expect(try again.status == 0 && Self.all(folder + "/runs/s") == Self.all(folder + "/straight/s"), "\(again.errors)")
        }
    }

    /// Files may have two blocks only: no state can be written, and that is said.
    @Test func aFullDiskIsTold() throws {
        try Self.withProject { folder in
            let full = try Self.train(["--quiet", "--set", "training.epochs=3"], in: folder, through: "ulimit -f 2; exec \"$@\"")
            #expect(full.status == 6 && ["W1730", "E3703"].allSatisfy { full.errors.contains("[\($0)]") }, "\(full.errors)")
            let shell = "ulimit -f 2; \"$@\" & p=$!; sleep 0.8; kill -INT $p; wait $p"
            let stopped = try Self.train(["--quiet", "--set", "training.epochs=1000000000"], in: folder, through: shell)
            #expect(stopped.errors.contains("[E2902]") && stopped.errors.contains("nothing of this training is saved"), "\(stopped.errors)")
            #expect(!stopped.errors.contains("--resume"), "\(stopped.errors)")
        }
    }

    /// A fold that diverges keeps its last good state, and those that are done theirs: with the rate halved all goes on.
    @Test func aDivergedFoldGoesOn() throws {
        try withFolder { folder in
            let spec = """
                nnspec: 1
                task: regression
                data: {path: d.csv, target: a, features: [b], normalize: none, split: {folds: 3}}
                model: {layers: [6, 1]}
                optimizer: {type: sgd, learning_rate: 5e3}
                training: {epochs: 4, batch_size: 8}

                """
            try spec.write(toFile: folder + "/s.yaml", atomically: false, encoding: .utf8)
            try RunTests.table().write(toFile: folder + "/d.csv", atomically: false, encoding: .utf8)
            let tool = try Self.train([], in: folder)
            #expect(
                tool.status == 5 && tool.errors.contains("it was fold 1 of 3") && tool.errors.contains("runs/s/fold-1/checkpoint"), "\(tool.errors)")
            #expect(tool.errors.contains("--resume --set training.on_nonfinite=halve_learning_rate"), "\(tool.errors)")
            let halved = try Self.train(["--resume", "--set", "training.on_nonfinite=halve_learning_rate"], in: folder)
            #expect(halved.status == 0 && halved.errors.contains("W2003"), "\(halved.errors)")
        }
    }
}
