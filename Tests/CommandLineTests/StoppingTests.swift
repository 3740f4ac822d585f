import Foundation
import TestSupport
import Testing

/// How a training ends, which epoch is kept, and that what was measured on the way is what `evaluate` measures.
@Suite struct StoppingTests {
    /// One weight on its way to 4, w = 4 (1 - 0.8^k) after epoch k; the validation row wants 3, and epoch 6 (2.951424) is the nearest.
    private static let spec = """
        nnspec: 1
        data: {train: train.csv, validation: validation.csv, target: y, normalize: none}
        task: regression
        model: {layers: [{dense: {units: 1, bias: false, initializer: zeros}}]}
        optimizer: {type: sgd, learning_rate: 0.1}
        training: {epochs: 50, batch_size: full, precision: float64}

        """

    private struct Run {
        let tool: Tool
        /// The columns of metrics.csv by name.
        let columns: [String: [String]]
        let evaluation: [String: Any]
        /// evaluation.json as it is: JSONSerialization does not read every number to the last bit.
        let text: String
        let weight: Double

        func numbers(_ name: String) -> [Double] { (columns[name] ?? []).map { Double($0) ?? .nan } }
    }

    private func train(_ settings: [String], in folder: String) throws -> Run {
        try Self.spec.write(toFile: folder + "/spec.yaml", atomically: false, encoding: .utf8)
        try "x,y\n1,4\n".write(toFile: folder + "/train.csv", atomically: false, encoding: .utf8)
        try "x,y\n1,3\n".write(toFile: folder + "/validation.csv", atomically: false, encoding: .utf8)
        let tool = try Tool.run(["train", "spec.yaml"] + settings.flatMap { ["--set", $0] }, in: folder)
        try #require(tool.status == 0, "\(tool.errors)")
        let weights = try object("\(folder)/runs/spec/weights.json")
        let layer = try #require((weights["layers"] as? [[String: Any]])?.first)
        return Run(
            tool: tool, columns: try table("\(folder)/runs/spec/metrics.csv"), evaluation: try object("\(folder)/runs/spec/evaluation.json"),
            text: try String(contentsOfFile: folder + "/runs/spec/evaluation.json", encoding: .utf8),
            weight: try #require((layer["weight"] as? [[Double]])?.first?.first))
    }

    private func object(_ path: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: path))) as? [String: Any])
    }

    private func table(_ path: String) throws -> [String: [String]] {
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        let header = try #require(lines.first)
        return Dictionary(uniqueKeysWithValues: header.enumerated().map { index, name in (name, lines.dropFirst().map { $0[index] }) })
    }

    /// The settings, the epochs that ran, the epoch kept and the reason.
    @Test(arguments: [
        (["training.early_stopping={patience: 3}"], 9, 6, "early_stopping"), (["training.early_stopping={patience: 1}"], 7, 6, "early_stopping"),
        (["training.early_stopping={patience: 0}"], 7, 6, "early_stopping"),
        (["training.early_stopping={patience: 3}", "training.epochs=8"], 8, 6, "epochs"), (["training.epochs=4"], 4, 4, "epochs"),
        (["training.early_stopping={patience: 3}", "training.keep=last"], 9, 9, "early_stopping"),
        // What is watched and what chooses the best epoch need not be the same.
        (["training.early_stopping={patience: 3, monitor: train.loss, min_delta: 0.1}"], 16, 6, "early_stopping"),
        (["training.max_time=0s"], 1, 1, "max_time"), (["training.max_time=1h"], 50, 6, "epochs"),
    ])
    func theBestEpochIsKeptHoweverItEnds(_ settings: [String], _ epochs: Int, _ kept: Int, _ reason: String) throws {
        try withFolder { folder in
            let run = try train(settings, in: folder)
            #expect(run.columns["epoch"]?.count == epochs)
            #expect(run.evaluation["best_epoch"] as? Int == kept && run.evaluation["stop_reason"] as? String == reason, "\(run.evaluation)")
            #expect((run.weight - 4 * (1 - pow(0.8, Double(kept)))).magnitude < 1e-12)
            // The numbers are those of the weights kept.
            #expect(run.text.contains("\"validation.loss\": \(try #require(run.columns["validation.loss"])[kept - 1])"), "\(run.text)")
            let words = ["early_stopping": "early stopping", "max_time": "max_time", "epochs": "all epochs done"]
            #expect(run.tool.output.contains(words[reason] ?? "?"), "\(run.tool.output)")
        }
    }

    /// Steps too small to change anything: of equal epochs the first is the best, and none after it is an improvement.
    @Test func equalEpochs() throws {
        try withFolder { folder in
            let run = try train(["training.early_stopping={patience: 4}", "optimizer.learning_rate=1e-30"], in: folder)
            #expect(run.evaluation["best_epoch"] as? Int == 1 && run.columns["epoch"]?.count == 5)
        }
    }

    @Test func theDirectionIsTold() throws {
        try withFolder { folder in
            let run = try train(["training.early_stopping={monitor: validation.mae}"], in: folder)
            #expect(run.tool.errors.contains("early stopping watches validation.mae, lower is better, patience 10"), "\(run.tool.errors)")
        }
    }

    /// The column of metrics.csv is the rate that moved the weight: w' = w + 2 rate (4 - w).
    @Test(arguments: [
        "{step: {every: 2, factor: 0.5}}", "{cosine: {warmup_epochs: 3}}", "one_cycle", "{reduce_on_plateau: {patience: 0, factor: 0.5}}",
    ])
    func theRateIsTheOneUsed(_ schedule: String) throws {
        try withFolder { folder in
            let run = try train(["training.schedule=\(schedule)", "training.epochs=12"], in: folder)
            let (rates, losses) = (run.numbers("learning_rate"), run.numbers("train.loss"))
            #expect(Set(rates).count > 2 && rates.count == 12, "\(rates)")
            // train.loss is (4 - w)^2 before the epoch's one step.
            for (epoch, rate) in rates.dropLast().enumerated() {
                let after = losses[epoch].squareRoot() * (1 - 2 * rate)
                #expect((after * after - losses[epoch + 1]).magnitude < 1e-12, "\(schedule), epoch \(epoch + 1)")
            }
        }
    }

    /// The steps of the cosine in a file: the same bytes on one thread and on two.
    @Test func schedulesChangeNoByteWithTheThreads() throws {
        try withFolder { folder in
            var texts: [String] = []
            for threads in ["1", "2"] {
                _ = try train(["training.schedule={cosine: {minimum: 0.001}}", "training.threads=\(threads)"], in: folder)
                texts.append(try String(contentsOfFile: folder + "/runs/spec/metrics.csv", encoding: .utf8))
            }
            #expect(texts[0] == texts[1] && texts[0].split(separator: "\n").count == 51)
        }
    }

    /// Every metric of the best epoch's row is, digit for digit, what `evaluate` finds.
    @Test(arguments: [
        (
            "task: classification",
            "balanced_accuracy, top_2_accuracy, macro_f1, weighted_precision, mcc, kappa, auc_roc, average_precision, log_loss, brier",
            "{target: species}"
        ), ("task: regression", "mse, rmse, mae, median_ae, mape, r2, explained_variance, max_error", "{target: weight}"),
    ])
    func evaluateFindsTheLoggedNumbers(_ task: String, _ metrics: String, _ data: String) throws {
        try withFolder { path in
            let folder = try ExampleFolder(path).path
            let spec = """
                nnspec: 1
                data: {path: flowers.csv, \(data.dropFirst())
                \(task)
                model: {layers: [8, auto]}
                metrics: [\(metrics)]
                training: {epochs: 15, batch_size: 7, monitor: validation.\(metrics.split(separator: ",")[0])}

                """
            try spec.write(toFile: folder + "/spec.yaml", atomically: false, encoding: .utf8)
            let train = try Tool.run(["train", "spec.yaml", "--quiet"], in: folder)
            try #require(train.status == 0, "\(train.errors)")
            let evaluate = try Tool.run(["evaluate", "runs/spec", "--json"], in: folder)
            try #require(evaluate.status == 0, "\(evaluate.errors)")
            let best = try #require(try object(folder + "/runs/spec/evaluation.json")["best_epoch"] as? Int)
            let columns = try table(folder + "/runs/spec/metrics.csv")
            let names = ["validation.loss"] + metrics.split(separator: ", ").map { "validation.\($0)" }
            for name in names {
                let logged = try #require(columns[name]?[best - 1])
                #expect(Double(logged) != nil && evaluate.output.contains("\"\(name)\": \(logged)"), "\(name): \(logged), \(evaluate.output)")
            }
        }
    }

    /// Which classes are taken for which: the text and the document hold the same counts, and all rows.
    @Test func evaluateShowsWhichClassesAreTakenForWhich() throws {
        try withFolder { path in
            let folder = try ExampleFolder(path).path
            try #require(try Tool.run(["train", "flowers.yaml", "--quiet"], in: folder).status == 0)
            let text = try Tool.run(["evaluate", "runs/flowers"], in: folder).output
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            let heading = try #require(lines.firstIndex(of: "validation: true classes down, predicted ones across"))
            func words(_ line: String) -> [String] { line.split(separator: " ").map(String.init) }
            #expect(words(lines[heading + 1]) == ["lily", "rose", "setosa"])
            let rows = lines[(heading + 2)..<(heading + 5)].map(words)
            #expect(rows.map(\.first) == ["lily", "rose", "setosa"])
            let counts = rows.map { $0.dropFirst().compactMap { Int($0) } }
            let document = try Tool.run(["evaluate", "runs/flowers", "--json"], in: folder).output
            let object = try #require(try JSONSerialization.jsonObject(with: Data(document.utf8)) as? [String: Any])
            #expect(object["validation.confusion_matrix"] as? [[Int]] == counts)
            #expect(counts.flatMap { $0 }.reduce(0, +) == object["validation.rows"] as? Int)
            let right = counts[0][0] + counts[1][1] + counts[2][2]
            #expect(object["validation.accuracy"] as? Double == Double(right) / Double(counts.flatMap { $0 }.reduce(0, +)))
        }
    }

    /// A validation part of one class: null and a reason, never NaN; to wait for such a number is an error before the training.
    @Test func aMetricThatNoEpochHas() throws {
        try withFolder { folder in
            let spec = """
                nnspec: 1
                data: {train: a.csv, validation: b.csv, target: y, classes: [no, yes]}
                task: binary
                model: {layers: [1]}
                metrics: [accuracy, auc_roc, recall]
                training: {epochs: 2}

                """
            try spec.write(toFile: folder + "/spec.yaml", atomically: false, encoding: .utf8)
            try "x,y\n1,no\n2,yes\n3,no\n4,yes\n".write(toFile: folder + "/a.csv", atomically: false, encoding: .utf8)
            try "x,y\n1,no\n2,no\n".write(toFile: folder + "/b.csv", atomically: false, encoding: .utf8)
            let run = try Tool.run(["train", "spec.yaml"], in: folder)
            #expect(run.status == 0)
            #expect(run.errors.contains("validation.auc_roc is undefined and written as null: all its rows are of the class no"), "\(run.errors)")
            #expect(run.errors.contains("validation.recall is undefined and written as null: none of its rows is of the class yes"))
            let evaluation = try object(folder + "/runs/spec/evaluation.json")
            #expect(evaluation["validation.auc_roc"] is NSNull && evaluation["train.auc_roc"] is Double)
            #expect(try table(folder + "/runs/spec/metrics.csv")["validation.auc_roc"] == ["", ""])
            let before = try String(contentsOfFile: folder + "/runs/spec/metrics.csv", encoding: .utf8)
            for setting in ["early_stopping={monitor: validation.auc_roc}", "schedule={reduce_on_plateau: {monitor: validation.recall}}"] {
                let tool = try Tool.run(["train", "spec.yaml", "--set", "training.\(setting)"], in: folder)
                #expect(tool.status == 4 && tool.errors.contains("[E1909]") && tool.errors.contains("of the class"), "\(tool.errors)")
            }
            #expect(try String(contentsOfFile: folder + "/runs/spec/metrics.csv", encoding: .utf8) == before)
            let fine = try Tool.run(["train", "spec.yaml", "--set", "training.early_stopping={monitor: validation.accuracy}"], in: folder)
            #expect(fine.status == 0, "\(fine.errors)")
        }
    }
}
