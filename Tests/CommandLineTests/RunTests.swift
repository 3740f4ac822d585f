import Foundation
import TestSupport
import Testing

/// What a finished run is good for later: evaluate and predict go by what the weights hold, whatever became of the data.
@Suite struct RunTests {
    static let spec = """
        nnspec: 1
        data: {path: data.csv, target: kind, split: {train: 0.75, validation: 0.25}}
        model: {layers: [6, auto]}
        optimizer: {learning_rate: 0.05}
        training: {epochs: 10, batch_size: 8}

        """

    static func table(_ change: (Int, [String]) -> [String] = { $1 }, header: [String] = ["a", "b", "town", "kind"]) -> String {
        var lines = [header.joined(separator: ",")]
        for row in 0..<40 {
            let (a, b) = (Double(row % 8) - 3.5, Double(row / 8) - 2.25)
            lines.append(change(row, ["\(a)", "\(b)", row % 3 == 0 ? "Rome" : "Oslo", a * b > 0 ? "yes" : "no"]).joined(separator: ","))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func withRun(_ spec: String = RunTests.spec, _ body: (String) throws -> Void) throws {
        try withFolder { folder in
            try spec.write(toFile: folder + "/spec.yaml", atomically: false, encoding: .utf8)
            try Self.table().write(toFile: folder + "/data.csv", atomically: false, encoding: .utf8)
            let train = try Tool.run(["train", "spec.yaml", "--quiet"], in: folder)
            try #require(train.status == 0, "\(train.errors)")
            try body(folder)
        }
    }

    private func evaluation(_ folder: String, _ words: [String] = []) throws -> [String: Double] {
        let tool = try Tool.run(["evaluate", "runs/spec", "--json"] + words, in: folder)
        try #require(tool.status == 0, "\(tool.errors)")
        let object = try #require(try JSONSerialization.jsonObject(with: Data(tool.output.utf8)) as? [String: Any])
        return object.compactMapValues { $0 as? Double }
    }

    /// One number of the data changed: only that row's own prediction does, for nothing is fitted anew.
    @Test func evaluateFitsNothingAnew() throws {
        try withRun { folder in
            let before = try evaluation(folder, ["--data", "data.csv"])
            try Self.table { row, cells in row == 5 ? ["99"] + cells.dropFirst() : cells }
                .write(toFile: folder + "/data.csv", atomically: false, encoding: .utf8)
            let whole = try evaluation(folder, ["--data", "data.csv"])
            let parts = try evaluation(folder)
            #expect(whole["data.loss"] != before["data.loss"])
            // The parts together are the whole, encoded by the same numbers.
            let rows = try #require(parts["train.rows"]) + #require(parts["validation.rows"])
            let sum =
                try #require(parts["train.loss"]) * #require(parts["train.rows"])
                + #require(parts["validation.loss"]) * #require(parts["validation.rows"])
            #expect(try abs(sum / rows - #require(whole["data.loss"])) < 1e-6)
        }
    }

    @Test func evaluateFindsColumnsByName() throws {
        try withRun { folder in
            let before = try evaluation(folder)
            try Self.table({ [$1[2], $1[1], $1[3], $1[0]] }, header: ["town", "b", "kind", "a"])
                .write(toFile: folder + "/data.csv", atomically: false, encoding: .utf8)
            #expect(try evaluation(folder) == before)
        }
    }

    /// A label, and a category, that the model never saw.
    @Test(arguments: [(3, "maybe"), (2, "Bern")]) func whatDoesNotFitIsTold(_ column: Int, _ word: String) throws {
        try withRun { folder in
            try Self.table { row, cells in row == 3 ? cells.indices.map { $0 == column ? word : cells[$0] } : cells }
                .write(toFile: folder + "/data.csv", atomically: false, encoding: .utf8)
            let tool = try Tool.run(["evaluate", "runs/spec"], in: folder)
            #expect(tool.status == 4 && tool.errors.contains(word), "\(tool.errors)")
        }
    }

    @Test func aRenamedColumnIsTold() throws {
        try withRun { folder in
            try Self.table(header: ["aa", "b", "town", "kind"]).write(toFile: folder + "/data.csv", atomically: false, encoding: .utf8)
            let tool = try Tool.run(["evaluate", "runs/spec"], in: folder)
            #expect(tool.status == 4 && tool.errors.contains("aa"), "\(tool.errors)")
        }
    }

    @Test func aWeightsFileAloneNeedsData() throws {
        try withRun { folder in
            let alone = try Tool.run(["evaluate", "runs/spec/weights.json"], in: folder)
            #expect(alone.status == 2 && alone.errors.contains("--data"))
            let with = try Tool.run(["evaluate", "runs/spec/weights.json", "--data", "data.csv"], in: folder)
            #expect(with.status == 0, "\(with.errors)")
        }
    }

    /// huber's delta is measured too, on other data as in training.
    @Test func evaluateOnDataKnowsTheLoss() throws {
        let spec =
            "nnspec: 1\ndata: {path: data.csv, target: a, features: [b], split: none}\nmodel: {layers: [1]}\n"
            + "loss: {huber: {delta: 0.1}}\ntraining: {epochs: 3}\n"
        try withRun(spec) { folder in
            let (own, data) = (try evaluation(folder), try evaluation(folder, ["--data", "data.csv"]))
            #expect(own["train.loss"] == data["data.loss"] && own["train.loss"] != nil)
        }
    }

    @Test func aTSVRunGoesOnFromItsOwnSpec() throws {
        try withFolder { folder in
            try "nnspec: 1\ndata: {path: data.tsv, target: kind, split: none}\nmodel: {layers: [auto]}\ntraining: {epochs: 2}\n"
                .write(toFile: folder + "/spec.yaml", atomically: false, encoding: .utf8)
            try Self.table().replacingOccurrences(of: ",", with: "\t").write(toFile: folder + "/data.tsv", atomically: false, encoding: .utf8)
            for words in [["train", "spec.yaml"], ["train", "runs/spec/spec.resolved.yaml"], ["evaluate", "runs/spec"]] {
                let tool = try Tool.run(words, in: folder)
                #expect(tool.status == 0, "\(words): \(tool.errors)")
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/runs") == ["spec"])
        }
    }

    /// `--output` is where the resolved spec writes again, too.
    @Test func theResolvedSpecWritesToItsOwnFolder() throws {
        try withRun { folder in
            let first = try Tool.run(["train", "spec.yaml", "--output", "else/where", "--quiet"], in: folder)
            #expect(first.status == 0, "\(first.errors)")
            try FileManager.default.removeItem(atPath: folder + "/else/where/spec/weights.json")
            let again = try Tool.run(["train", "else/where/spec/spec.resolved.yaml", "--quiet"], in: folder)
            #expect(again.status == 0 && FileManager.default.fileExists(atPath: folder + "/else/where/spec/weights.json"))
        }
    }

    /// A weights file whose layer has the name of something inside the machine.
    @Test func initialWeightsOnlyReachWeights() throws {
        try withRun { folder in
            let path = folder + "/runs/spec/weights.json"
            let text = try String(contentsOfFile: path, encoding: .utf8)
            // Two more layers behind the network's own, of a size that no buffer has.
            let rows = Array(repeating: "[" + Array(repeating: "1", count: 2000).joined(separator: ", ") + "]", count: 2).joined(separator: ",\n")
            let back = Array(repeating: "[1, 1]", count: 2000).joined(separator: ",\n")
            let added = """
                ,
                    {"name": "gradient of dense_1", "type": "dense", "activation": "linear", "weight": [
                \(rows)
                ], "bias": null},
                    {"name": "last", "type": "dense", "activation": "softmax", "weight": [
                \(back)
                ], "bias": null}
                  ]
                }

                """
            let end = try #require(text.range(of: "\n  ]\n}\n", options: .backwards))
            try (text[..<end.lowerBound] + added).write(toFile: folder + "/start.json", atomically: false, encoding: .utf8)
            let tool = try Tool.run(["train", "spec.yaml", "--set", "model.initial_weights=start.json", "--quiet"], in: folder)
            #expect(tool.status == 0 || tool.status == 4, "\(tool.status) \(tool.errors)")
        }
    }

    @Test(arguments: [
        ("layers: [6, {dense: {units: auto, activation: linear}}]", 4, "softmax"),
        ("layers: [6, auto, activation: tanh]", 4, "softmax"),
        ("layers: [9223372036854775807, auto]", 6, "too large"),
        ("layers: [1099511627776, 1, auto]", 6, "too large"),
    ])
    func networksThatCannotBe(_ layers: String, _ status: Int32, _ word: String) throws {
        try withFolder { folder in
            try Self.spec.replacingOccurrences(of: "layers: [6, auto]", with: layers).write(
                toFile: folder + "/spec.yaml", atomically: false, encoding: .utf8)
            try Self.table().write(toFile: folder + "/data.csv", atomically: false, encoding: .utf8)
            let tool = try Tool.run(["train", "spec.yaml"], in: folder)
            #expect(tool.status == status && tool.errors.contains(word), "\(tool.status) \(tool.errors)")
        }
    }

    @Test func aBatchAboveTheDataIsTold() throws {
        try withRun { folder in
            let large = try Tool.run(["train", "spec.yaml", "--quiet", "--set", "training.batch_size=64"], in: folder)
            #expect(large.status == 0 && large.errors.contains("W1901") && large.errors.contains("30 training rows"), "\(large.errors)")
            let full = try Tool.run(["train", "spec.yaml", "--quiet", "--set", "training.batch_size=full"], in: folder)
            #expect(full.status == 0 && full.errors.isEmpty, "\(full.errors)")
        }
    }

    /// Four thousand layers compile in a moment, not in a minute.
    @Test func compileTimeGrowsGently() throws {
        try withFolder { folder in
            let layers = Array(repeating: "4", count: 4000).joined(separator: ", ")
            try "nnspec: 1\ndata: {path: data.csv, target: kind, split: none}\nmodel: {layers: [\(layers), auto]}\n"
                .write(toFile: folder + "/spec.yaml", atomically: false, encoding: .utf8)
            try Self.table().write(toFile: folder + "/data.csv", atomically: false, encoding: .utf8)
            let start = ContinuousClock.now
            let tool = try Tool.run(["plan", "spec.yaml"], in: folder)
            #expect(tool.status == 0, "\(tool.errors)")
            #expect(ContinuousClock.now - start < .seconds(15))
        }
    }

    @Test func aThreadTheSystemRefusesIsDoneWithout() throws {
        #if os(Linux)
        try withFolder { folder in
            try "nnspec: 1\ndata: {path: data.csv, target: kind, split: none}\nmodel: {layers: [2000, 2000, auto]}\ntraining: {epochs: 1}\n"
                .write(toFile: folder + "/spec.yaml", atomically: false, encoding: .utf8)
            try Self.table().write(toFile: folder + "/data.csv", atomically: false, encoding: .utf8)
            let tool = try Tool.run(["train", "spec.yaml", "--threads", "1024"], in: folder, through: "ulimit -v 1500000; exec \"$@\"")
            #expect(tool.status == 0, "\(tool.status) \(tool.errors)")
        }
        #endif
    }
}
