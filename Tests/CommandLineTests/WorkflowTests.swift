import Foundation
import TestSupport
import Testing

/// Whole ways through the tool: spec and data in, exit status, streams and files out.
@Suite struct WorkflowTests {
    static let spec = """
        nnspec: 1
        seed: 7
        data: {path: points.csv, target: side}
        model: {layers: [8, auto]}
        optimizer: {learning_rate: 0.05}
        training: {epochs: 20, batch_size: 8}

        """

    static var points: String {
        var text = "x,y,side\n"
        for index in 0..<60 {
            let (x, y) = (Double(index % 10) - 4.5, Double(index / 10) - 2.5)
            text += "\(x),\(y),\(x + y > 0 ? "right" : x < -2 ? "far" : "left")\n"
        }
        return text
    }

    private func withProject(_ spec: String = spec, _ body: (String) throws -> Void) throws {
        try withFolder { folder in
            try spec.write(toFile: folder + "/points.yaml", atomically: false, encoding: .utf8)
            try Self.points.write(toFile: folder + "/points.csv", atomically: false, encoding: .utf8)
            try body(folder)
        }
    }

    /// The data of a run may have become other data: the model stays what it was.
    @Test(arguments: [
        ("x,y,side\n1,2,left\n-3,1,right\nfar,2,far\n", "points.csv:4:1", "E1201"),
        ("x,y,side\nu,2,left\nv,1,right\nw,2,far\n", "points.csv:2:1", "E1201"),
        ("y,side,x\n1,left,2\n-3,right,1\n1,far,5\n2,top,1\n", "points.csv:5:3", "E1304"),
        ("x,y,side\n1,2,1.5\n-3,1,2.5\n", "points.csv:2:5", "E1304"), ("x,z,side\n1,2,left\n", "", "E1120"),
    ])
    func evaluatingChangedData(_ data: String, _ place: String, _ code: String) throws {
        try withProject { folder in
            try #require(try Tool.run(["train", "points.yaml", "--quiet"], in: folder).status == 0)
            try data.write(toFile: folder + "/points.csv", atomically: false, encoding: .utf8)
            let tool = try Tool.run(["evaluate", "runs/points", "--json"], in: folder)
            let found = try #require(FoundDiagnostic.all(tool.output), "\(tool.errors)")
            #expect(tool.status == 4 && found.map(\.code) == [code], "\(tool.errors)")
            #expect((found.first?.place.map { "\($0.file):\($0.line):\($0.column)" } ?? "").hasSuffix(place), "\(tool.errors)")
        }
    }

    private func files(_ folder: String) throws -> [String: Data] {
        var result: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name != "run.json" && name != "checkpoint" {
            result[name] = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
        }
        return result
    }

    @Test func trainEvaluatePredictInspect() throws {
        try withProject { folder in
            let train = try Tool.run(["train", "points.yaml"], in: folder)
            try #require(train.status == 0, "\(train.errors)")
            #expect(train.output.contains("2 -> 8 relu -> 3 softmax") && train.output.contains("keeps the epoch with the lowest validation.loss"))
            #expect(train.output.contains("guessing the majority class") && train.output.contains("weights.json"))
            #expect(train.errors.contains("epoch  1/20") && train.errors.contains("epoch 20/20"))
            #expect(train.errors.split(separator: "\n").count { $0.hasPrefix("epoch") } <= 12)
            let evaluate = try Tool.run(["evaluate", "runs/points"], in: folder)
            #expect(evaluate.status == 0 && evaluate.output.contains("validation"))
            let predict = try Tool.run(["predict", "runs/points", "points.csv"], in: folder)
            #expect(predict.status == 0, "\(predict.errors)")
            let lines = predict.output.split(separator: "\n")
            #expect(lines.count == 61 && lines[0].hasPrefix("side,p."))
            let inspect = try Tool.run(["inspect", "runs/points/weights.json"], in: folder)
            #expect(inspect.status == 0 && inspect.output.contains("2 -> 8 relu -> 3 softmax"))
        }
    }

    @Test func aSecondRunGivesTheSameBytes() throws {
        try withProject { folder in
            #expect(try Tool.run(["train", "points.yaml", "--quiet"], in: folder).status == 0)
            let first = try files(folder + "/runs/points")
            #expect(first.keys.sorted() == [".gitignore", "evaluation.json", "metrics.csv", "spec.resolved.yaml", "weights.json"])
            let second = try Tool.run(["train", "points.yaml", "--quiet", "--threads", "2"], in: folder)
            #expect(second.status == 0 && second.output == "" && second.errors == "", "\(second.errors)")
            #expect(try files(folder + "/runs/points") == first)
            // From another folder, and from the spec with its defaults written out.
            let elsewhere = try Tool.run(["train", folder + "/points.yaml", "--quiet", "--output", folder + "/other"], in: "/")
            #expect(elsewhere.status == 0, "\(elsewhere.errors)")
            let other = try files(folder + "/other/points")
            #expect(other["weights.json"] == first["weights.json"] && other["metrics.csv"] == first["metrics.csv"])
            let again = try Tool.run(["train", "runs/points/spec.resolved.yaml", "--quiet", "--output", "again"], in: folder)
            #expect(again.status == 0, "\(again.errors)")
            #expect(try files(folder + "/again/points")["weights.json"] == first["weights.json"])
        }
    }

    @Test func jsonIsOneDocument() throws {
        try withProject { folder in
            let commands = [
                ["train", "points.yaml"], ["check", "points.yaml"], ["plan", "points.yaml"], ["render", "points.yaml"], ["evaluate", "runs/points"],
                ["predict", "runs/points", "points.csv"], ["inspect", "runs/points"],
            ]
            for words in commands {
                let tool = try Tool.run(words + ["--json"], in: folder)
                #expect(tool.status == 0, "\(words): \(tool.errors)")
                let document = try JSONSerialization.jsonObject(with: Data(tool.output.utf8))
                if words[0] == "predict" {
                    let rows = try #require(document as? [[String: Any]])
                    #expect(rows.count == 60 && rows[0]["side"] is String && rows[0]["p.left"] is Double)
                } else {
                    #expect(document is [String: Any], "\(words)")
                }
            }
            let failed = try Tool.run(["check", "points.yaml", "--json", "--set", "training.epochs=-1"], in: folder)
            #expect(failed.status == 3)
            let object = try #require(try JSONSerialization.jsonObject(with: Data(failed.output.utf8)) as? [String: Any])
            #expect(object["ok"] as? Bool == false)
            #expect((object["diagnostics"] as? [Any])?.isEmpty == false)
        }
    }

    @Test func overridesAreChecked() throws {
        try withProject { folder in
            let good = try Tool.run(["render", "points.yaml", "--set", "training.epochs=3", "--set=seed=9"], in: folder)
            #expect(good.status == 0 && good.output.contains("epochs: 3") && good.output.contains("seed: 9"), "\(good.errors)")
            let bad = try Tool.run(["train", "points.yaml", "--set", "training.epoch=3"], in: folder)
            #expect(bad.status == 3 && bad.errors.contains("epochs") && bad.output == "")
        }
    }

    @Test func planPrintsEveryStage() throws {
        try withProject { folder in
            for words in [
                [], ["--emit", "nodes"], ["--emit", "spec"], ["--emit", "graph"], ["--emit", "gradient"], ["--emit", "plan"], ["--emit", "arena"],
            ] {
                let tool = try Tool.run(["plan", "points.yaml"] + words, in: folder)
                #expect(tool.status == 0 && !tool.output.isEmpty, "\(words): \(tool.errors)")
            }
        }
    }

    @Test func exitStatusTellsWhoseMistakeItIs() throws {
        try withProject { folder in
            let cases: [(words: [String], status: Int32)] = [
                (["check", "points.yaml"], 0), (["check", "points.yaml", "--data"], 0),
                (["train", "missing.yaml"], 3),
                (["check", "points.yaml", "--set", "optimizer.lr=1"], 3),
                (["train", "points.yaml", "--set", "data.path=nothing.csv"], 4),
                (["check", "points.yaml", "--set", "data.path=nothing.csv"], 4),
                (["train", "points.yaml", "--set", "data.target=nothing"], 4),
                (["evaluate", "runs/nothing"], 4), (["inspect", "points.yaml"], 4), (["inspect", "."], 4),
                (["train", "points.yaml", "--output", "points.csv"], 6),
                (["train", "points.yaml", "--max-memory", "1K"], 6),
            ]
            for (words, status) in cases {
                let tool = try Tool.run(words, in: folder)
                #expect(tool.status == status, "\(words): \(tool.errors)")
                #expect(status == 0 || tool.output == "", "\(words)")
            }
            #expect(!FileManager.default.fileExists(atPath: folder + "/runs"))
        }
    }

    /// The metrics that the spec names are measured on any file, as on the run's own parts.
    @Test func evaluateMeasuresWhatTheSpecNames() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("nnspec-test-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let names = "[mcc, auc_roc, brier]"
        let words = ["--quiet", "--output", folder, "--set", "metrics=\(names)", "--set", "training.epochs=3", "--set", "data.split=none"]
        #expect(try Tool.run(["train", "specs/iris.yaml"] + words, in: Repository.root).status == 0)
        func numbers(_ more: [String]) throws -> [String: Double] {
            let tool = try Tool.run(["evaluate", folder + "/iris", "--json"] + more, in: Repository.root)
            #expect(tool.status == 0, "\(tool.errors)")
            let object = try #require(try JSONSerialization.jsonObject(with: Data(tool.output.utf8)) as? [String: Any])
            return object.compactMapValues { $0 as? Double }
        }
        let (own, other) = (try numbers([]), try numbers(["--data", "specs/data/iris.csv"]))
        for name in ["mcc", "auc_roc", "brier", "loss"] {
            #expect(own["train.\(name)"] != nil && own["train.\(name)"] == other["data.\(name)"], "\(name)")
        }
        #expect(other["data.accuracy"] == nil)
    }

    /// L-BFGS that ends where nothing was learnt says so; where something was, it does not.
    @Test func convergenceOnAPlateauIsTold() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("nnspec-test-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let words = ["train", "specs/iris.yaml", "--output", folder, "--set", "optimizer=lbfgs", "--set", "training.epochs=500"]
        let flat = try Tool.run(words + ["--set", "model.initializer=zeros", "--set", "model.activation=relu"], in: Repository.root)
        #expect(flat.status == 0 && flat.errors.contains("N2082") && flat.errors.contains("no better than guessing"), "\(flat.errors)")
        #expect(flat.errors.contains("try another `seed`"), "\(flat.errors)")
        let good = try Tool.run(words + ["--set", "training.keep=last"], in: Repository.root)
        #expect(good.status == 0 && good.errors.contains("N2082") && !good.errors.contains("no better than guessing"), "\(good.errors)")
    }

    @Test func aDivergedRunLeavesTheLastOneAlone() throws {
        try withProject { folder in
            #expect(try Tool.run(["train", "points.yaml", "--quiet"], in: folder).status == 0)
            let before = try files(folder + "/runs/points")
            let tool = try Tool.run(
                [
                    "train", "points.yaml", "--set", "optimizer={type: sgd, learning_rate: 1e30}", "--set", "loss=mse",
                    "--set", "data.target=y", "--set", "data.exclude=[side]",
                ], in: folder)
            #expect(tool.status == 5, "\(tool.errors)")
            #expect(try files(folder + "/runs/points")["weights.json"] == before["weights.json"])
        }
    }
}
