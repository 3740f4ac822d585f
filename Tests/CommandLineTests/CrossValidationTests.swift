import Foundation
import TestSupport
import Testing

/// `data.split: {folds: 4}`: the folds, what they come to together, and what is left in the run folder.
@Suite struct CrossValidationTests {
    private static let files = ["spec.resolved.yaml", "metrics.csv", "evaluation.json"]
    private static let ofFold = ["spec.resolved.yaml", "weights.json", "metrics.csv", "evaluation.json"]

    /// 42 rows: x with gaps, a key of 14 values, a class, a number.
    private static func table(_ edit: (Int, [String]) -> [String] = { $1 }) -> String {
        "x,z,key,kind,y\n"
            + (0..<42).map { row in
                let (x, z) = (Double((row * 7) % 19) / 4, Double((row * 11) % 23) / 5)
                let cells = [row % 9 == 0 ? "" : "\(x)", "\(z)", "k\(row / 3)", ["a", "b", "c"][(row + row / 7) % 3], "\(x - z)"]
                return edit(row, cells).joined(separator: ",") + "\n"
            }.joined()
    }

    private static func spec(_ split: String, _ training: String = "keep: last", target: String = "kind", exclude: String = "[y, key]") -> String {
        """
        nnspec: 1
        data: {path: d.csv, target: \(target), exclude: \(exclude), missing: mean, split: \(split)}
        model: {layers: [6, {dropout: 0.1}, auto]}
        training: {epochs: 6, batch_size: 8, \(training)}

        """
    }

    private static func withProject(_ spec: String, table: String = table(), _ body: (String) throws -> Void) throws {
        try withFolder { folder in
            try spec.write(toFile: folder + "/s.yaml", atomically: false, encoding: .utf8)
            try table.write(toFile: folder + "/d.csv", atomically: false, encoding: .utf8)
            try body(folder)
        }
    }

    private static func train(_ folder: String, _ words: [String] = []) throws {
        let tool = try Tool.run(["train", "s.yaml", "--quiet"] + words, in: folder)
        try #require(tool.status == 0, "\(tool.errors)")
    }

    private static func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
    private static func names(_ folder: String) throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }
    private static func all(_ folder: String, folds: Int) throws -> [String] {
        try files.map { try text("\(folder)/\($0)") }
            + (1...folds).flatMap { fold in try ofFold.map { try text("\(folder)/fold-\(fold)/\($0)") } }
    }
    private static func numbers(_ json: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    }

    @Test(arguments: [
        "{folds: 4}", "{folds: 3, method: random}", "{folds: 3, method: ordered}", "{folds: 2, method: hash, key: key}",
    ])
    func theSameBytesOnAnyThreads(_ split: String) throws {
        try Self.withProject(Self.spec(split, exclude: split.contains("key:") ? "[y]" : "[y, key]")) { folder in
            let count = try #require(Int(split.dropFirst(8).prefix(1)))
            try Self.train(folder, ["--threads", "1"])
            let one = try Self.all(folder + "/runs/s", folds: count)
            try Self.train(folder, ["--threads", "2"])
            #expect(try Self.all(folder + "/runs/s", folds: count) == one)
            #expect(try Self.names(folder + "/runs/s").filter { $0.hasPrefix("fold-") }.count == count)
            // Every row is held back once; one fold alone is the same run.
            var held = 0
            let evaluation = try Self.numbers(Self.text(folder + "/runs/s/evaluation.json"))
            for fold in 1...count {
                let rows = try #require(evaluation["fold-\(fold).validation.rows"] as? Int)
                #expect(evaluation["fold-\(fold).train.rows"] as? Int == 42 - rows)
                held += rows
                try Self.train(folder, ["--set", "data.split.fold=\(fold)", "--output", "alone"])
                for name in Self.ofFold where name != "spec.resolved.yaml" {
                    #expect(try Self.text("\(folder)/alone/s/fold-\(fold)/\(name)") == Self.text("\(folder)/runs/s/fold-\(fold)/\(name)"), "\(name)")
                }
            }
            #expect(held == 42)
            // The spec that lies in a fold's folder writes it again.
            try FileManager.default.removeItem(atPath: folder + "/runs/s/fold-1/weights.json")
            let again = try Tool.run(["train", "runs/s/fold-1/spec.resolved.yaml", "--quiet"], in: folder)
            #expect(again.status == 0, "\(again.errors)")
            #expect(try Self.all(folder + "/runs/s", folds: count) == one)
        }
    }

    @Test func meanAndSpread() throws {
        try Self.withProject(Self.spec("{folds: 4}", target: "y", exclude: "[kind, key]")) { folder in
            let tool = try Tool.run(["train", "s.yaml", "--json"], in: folder)
            #expect(tool.status == 0, "\(tool.errors)")
            let evaluation = try Self.numbers(Self.text(folder + "/runs/s/evaluation.json"))
            #expect(evaluation["folds"] as? Int == 4)
            let reported = try #require(try Self.numbers(tool.output)["metrics"] as? NSDictionary)
            #expect(reported == evaluation as NSDictionary)
            let lines = try Self.text(folder + "/runs/s/evaluation.json").split(separator: "\n").map(String.init)
            // Foundation's JSON does not read every number to its last bit.
            func written(_ name: String) -> Double? {
                lines.first { $0.hasPrefix("  \"\(name)\": ") }.flatMap { line in
                    line.split(separator: " ").last.flatMap { Double($0.hasSuffix(",") ? $0.dropLast() : $0) }
                }
            }
            for name in ["validation.loss", "validation.rmse", "validation.r2", "train.mae"] {
                let values = (1...4).compactMap { written("fold-\($0).\(name)") }
                try #require(values.count == 4)
                let mean = values.reduce(0, +) / 4
                let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3).squareRoot()
                #expect(written("\(name).mean") == mean && written("\(name).std") == deviation, "\(name)")
                #expect(deviation > 0)
            }
            let metrics = try Self.text(folder + "/runs/s/metrics.csv").split(separator: "\n")
            #expect(metrics.count == 1 + 4 * 6 && metrics[0].hasPrefix("fold,epoch,learning_rate,train.loss,validation.loss"))
            #expect(metrics[7].hasPrefix("2,1,"))
            // The folds are runs.
            for fold in 1...4 {
                let found = try Tool.run(["evaluate", "runs/s/fold-\(fold)", "--json"], in: folder)
                #expect(found.status == 0, "\(found.errors)")
                let rmse = try Self.numbers(found.output)["validation.rmse"] as? Double
                #expect(rmse == evaluation["fold-\(fold).validation.rmse"] as? Double && rmse != nil)
            }
            let predicted = try Tool.run(["predict", "runs/s/fold-2", "d.csv"], in: folder)
            #expect(predicted.status == 0 && predicted.output.split(separator: "\n").count == 43)
            let shown = try Tool.run(["train", "s.yaml"], in: folder)
            #expect(shown.output.contains("\n  mean ") && shown.output.contains("\n  std ") && shown.output.contains("fold-4/"), "\(shown.output)")
        }
    }

    /// What stands in the rows that a fold holds back changes none of its weights, and those of the others.
    @Test func statisticsAreOfTheTrainingRows() throws {
        try Self.withProject(Self.spec("{folds: 3, method: ordered}")) { folder in
            try Self.train(folder)
            let before = try (1...3).map { try Self.text("\(folder)/runs/s/fold-\($0)/weights.json") }
            try Self.table { row, cells in row < 14 ? ["1000", "-50"] + cells[2...] : cells }
                .write(toFile: folder + "/d.csv", atomically: false, encoding: .utf8)
            try Self.train(folder)
            let after = try (1...3).map { try Self.text("\(folder)/runs/s/fold-\($0)/weights.json") }
            #expect(before[0] == after[0] && before[1] != after[1] && before[2] != after[2])
        }
    }

    /// The folder is that of the last run, whatever it was before.
    @Test func nothingOfAnEarlierRunIsLeft() throws {
        try Self.withProject(Self.spec("{folds: 4}")) { folder in
            let run = folder + "/runs/s"
            func folds() throws -> [String] { try Self.names(run).filter { $0.hasPrefix("fold-") } }
            try Self.train(folder, ["--set", "data.split.folds=none"])
            #expect(try Self.names(run).contains("weights.json") && folds().isEmpty)
            try Self.train(folder)
            #expect(try !Self.names(run).contains("weights.json") && folds().count == 4)
            try Self.train(folder, ["--set", "data.split.folds=2"])
            #expect(try folds() == ["fold-1", "fold-2"])
            let refused = try Tool.run(["evaluate", "runs/s"], in: folder)
            #expect(refused.status == 4 && refused.errors.contains("E1772") && refused.errors.contains("runs/s/fold-1"), "\(refused.errors)")
            try Self.train(folder, ["--set", "data.split.folds=none"])
            #expect(try Self.names(run).contains("weights.json") && folds().isEmpty)
        }
    }

    @Test func aFoldThatDivergesIsNamed() throws {
        try Self.withProject(Self.spec("{folds: 3}", target: "y", exclude: "[kind, key]") + "optimizer: {type: sgd, learning_rate: 9}\nloss: sse\n") {
            folder in
            let one = try Tool.run(["train", "s.yaml", "--quiet", "--threads", "1", "--set", "training.epochs=500"], in: folder)
            let two = try Tool.run(["train", "s.yaml", "--quiet", "--threads", "2", "--set", "training.epochs=500"], in: folder)
            #expect(
                one.status == 5 && one.errors.contains("fold 1 of 3") && two.errors.replacing("--threads 2", with: "--threads 1") == one.errors,
                "\(one.errors)\n\(two.errors)")
            #expect(try !Self.names(folder + "/runs/s").contains("evaluation.json"))
        }
    }

    /// What is left of a replacement that was broken off is done before anything is read or written there, in a fold or above it.
    @Test func aBrokenReplacementIsFinished() throws {
        try Self.withProject(Self.spec("{folds: 3}")) { folder in
            let run = folder + "/runs/s"
            try Self.train(folder)
            let before = try Self.all(run, folds: 3)
            // Above the largest number that Linux gives a process.
            let process = 4_194_999
            func breakOff() throws {
                try FileManager.default.moveItem(atPath: run + "/fold-1/weights.json", toPath: run + "/fold-1/.weights.json.\(process).tmp")
                try FileManager.default.createDirectory(atPath: run + "/fold-9", withIntermediateDirectories: true)
                try "stale".write(toFile: run + "/fold-9/weights.json", atomically: false, encoding: .utf8)
                try "\(process)\nfold-1/weights.json\n-fold-9/weights.json\n"
                    .write(toFile: run + "/.replacing", atomically: false, encoding: .utf8)
            }
            try breakOff()
            let found = try Tool.run(["evaluate", "runs/s/fold-1"], in: folder)
            #expect(found.status == 0, "\(found.errors)")
            #expect(try Self.all(run, folds: 3) == before && !Self.names(run).contains(".replacing") && Self.names(run + "/fold-9").isEmpty)
            try breakOff()
            let done = try Tool.run(["train", "s.yaml", "--set", "data.split.fold=1", "--resume"], in: folder)
            #expect(done.status == 0 && done.errors.contains("N1721"), "\(done.errors)")
            try Self.train(folder, ["--set", "data.split.fold=2"])
            #expect(try Self.all(run, folds: 3) == before && !Self.names(run).contains(".replacing"))
        }
    }

    /// One row left out at a time writes more files than a process may have open.
    @Test func moreFilesThanMayBeOpen() throws {
        try Self.withProject(Self.spec("{folds: 42}", target: "y", exclude: "[kind, key]")) { folder in
            let tool = try Tool.run(
                ["train", "s.yaml", "--quiet", "--set", "training.epochs=2"], in: folder, through: "ulimit -n 150; exec \"$@\"", deadline: 60)
            #expect(tool.status == 0, "\(tool.errors)")
            #expect(try Self.names(folder + "/runs/s").filter { $0.hasPrefix("fold-") }.count == 42)
            // Of one row there is no r2, so there is no mean of it.
            let evaluation = try Self.numbers(Self.text(folder + "/runs/s/evaluation.json"))
            #expect(evaluation["validation.r2.mean"] is NSNull && evaluation["validation.rmse.mean"] is NSNumber)
        }
    }

    @Test func planCountsTheFoldsAtOnce() throws {
        try Self.withProject(Self.spec("{folds: 4}")) { folder in
            func total(_ words: [String]) throws -> Int {
                let tool = try Tool.run(["plan", "s.yaml", "--json"] + words.flatMap { ["--set", $0] }, in: folder)
                let bytes = try #require(try Self.numbers(tool.output)["bytes"] as? [String: Int])
                return bytes["total"] ?? 0
            }
            let one = try total(["training.threads=1"])
            #expect(try total(["data.split.fold=1", "training.threads=1"]) < one)
            let two = try total(["training.threads=2"])
            #expect(two >= one)
            let refused = try Tool.run(["train", "s.yaml", "--max-memory", "1k"], in: folder)
            #expect(refused.status == 6, "\(refused.errors)")
            // The flag counts, not what the spec says of threads.
            let limit = ["--dry-run", "--max-memory", "\(one)"]
            let slow = try Tool.run(["train", "s.yaml", "--threads", "1", "--set", "training.threads=2"] + limit, in: folder)
            #expect(slow.status == 0, "\(slow.errors)")
            let fast = try Tool.run(["train", "s.yaml", "--threads", "2", "--set", "training.threads=1"] + limit, in: folder)
            #expect(fast.status == (two > one ? 6 : 0), "\(fast.errors)")
            let rehearsed = try Tool.run(["train", "s.yaml", "--dry-run"], in: folder)
            #expect(rehearsed.status == 0 && rehearsed.errors.contains("4 folds"), "\(rehearsed.errors)")
            let plan = try Self.numbers(Tool.run(["plan", "s.yaml", "--json", "--set", "training.threads=2"], in: folder).output)
            #expect(plan["folds"] as? Int == 4 && plan["folds_at_once"] as? Int == 2)
            #expect(try Self.numbers(Tool.run(["plan", "s.yaml", "--json", "--set", "data.split.fold=1"], in: folder).output)["folds"] == nil)
            let shown = try Tool.run(["train", "s.yaml"], in: folder)
            #expect(shown.errors.split(separator: "\n").allSatisfy { $0.last != " " }, "\(shown.errors)")
        }
    }

    /// The rows that the second fold holds back all weigh 0: that is told before any fold is trained, and which it is.
    @Test func whatIsWrongInALaterFoldIsTold() throws {
        let table = Self.table { row, cells in Array(cells[..<2]) + ["\((14..<28).contains(row) ? 0 : 1)"] + cells[3...] }
        let spec = Self.spec("{folds: 3, method: ordered}", exclude: "[y]").replacing("data: {", with: "data: {sample_weight: key, ")
        try Self.withProject(spec, table: table) { folder in
            let tool = try Tool.run(["train", "s.yaml"], in: folder)
            #expect(tool.status == 4 && tool.errors.contains("E1274") && tool.errors.contains("met in fold 2"), "\(tool.errors)")
            #expect(try !tool.errors.contains("fold 1/3") && Self.names(folder) == ["d.csv", "s.yaml"], "\(tool.errors)")
            for words in [["check", "s.yaml", "--data"], ["plan", "s.yaml"], ["plan", "s.yaml", "--json"]] {
                let other = try Tool.run(words, in: folder)
                #expect(other.status == 4 && other.errors.contains("E1274") && other.errors.contains("met in fold 2"), "\(words): \(other.errors)")
            }
        }
    }

    @Test func rareClassesAndWords() throws {
        let table = Self.table { row, cells in row < 2 ? Array(cells[..<3]) + ["rare", cells[4]] : cells }
        try Self.withProject(Self.spec("{folds: 3}"), table: table) { folder in
            let tool = try Tool.run(["train", "s.yaml"], in: folder)
            #expect(tool.status == 0 && tool.errors.contains("W1472") && tool.errors.contains("rare 2"), "\(tool.errors)")
            #expect(tool.errors.components(separatedBy: "N1101").count == 2, "told once: \(tool.errors)")
            let synonym = try Tool.run(["check", "s.yaml", "--set", "data.split.n_splits=4"], in: folder)
            #expect(synonym.status == 3 && synonym.errors.contains("folds"), "\(synonym.errors)")
        }
    }
}
