import Foundation
import TestSupport
import Testing

/// `nnspec find-lr`: what it prints, that it writes nothing, and that its suggestion is one.
@Suite struct FindLearningRateTests {
    private struct Document: Decodable, Equatable {
        struct Point: Decodable, Equatable {
            let learning_rate: Double
            let loss: Double
            let smoothed: Double
        }
        let ok: Bool
        let optimizer: String
        let steps: Int
        let end: String
        let suggestion: Double?
        let lowest: Point?
        let left_out: [String]
        let points: [Point]
    }

    private func document(_ words: [String], in folder: String = Repository.root) throws -> (Document, text: String) {
        let tool = try Tool.run(["find-lr"] + words + ["--json"], in: folder)
        #expect(tool.status == 0, "\(tool.errors)")
        return (try JSONDecoder().decode(Document.self, from: Data(tool.output.utf8)), tool.output)
    }

    @Test func theSameBytesOnAnyNumberOfThreads() throws {
        for spec in ["specs/digits.yaml", "specs/breast_cancer.yaml"] {
            let (one, text) = try document([spec, "--threads", "1"])
            #expect(one.points.count > 50 && one.ok)
            #expect(try document([spec, "--threads", "2"]).text == text)
        }
    }

    /// Training with what is suggested comes further than with a hundredth of it and than with a hundred times as much.
    @Test(arguments: [("iris", "adam"), ("digits", "adam"), ("wine", "sgd")]) func theSuggestionLearns(_ spec: String, _ optimizer: String) throws {
        let rate = try #require(try document(["specs/\(spec).yaml", "--set", "optimizer.type=\(optimizer)"]).0.suggestion)
        try withFolder { folder in
            func loss(_ rate: Double) throws -> Double {
                let tool = try Tool.run(
                    [
                        "train", "specs/\(spec).yaml", "--output", folder, "--json", "--set", "training.epochs=5", "--set", "training.keep=last",
                        "--set", "optimizer={type: \(optimizer), learning_rate: \(rate)}",
                    ], in: Repository.root)
                guard tool.status == 0 else { return .infinity }
                let object = try #require(try JSONSerialization.jsonObject(with: Data(tool.output.utf8)) as? [String: Any])
                let metrics = try #require(object["metrics"] as? [String: Any])
                return try #require(metrics["train.loss"] as? Double)
            }
            let found = try loss(rate)
            #expect(try found < loss(rate / 100))
            #expect(try found < loss(rate * 100))
        }
    }

    @Test func thePlotFitsATerminal() throws {
        for words in [
            ["specs/iris.yaml"], ["specs/xor.yaml", "--from", "1e-3", "--to", "1e5", "--steps", "500"], ["specs/diabetes.yaml", "--steps", "10"],
        ] {
            let tool = try Tool.run(["find-lr"] + words, in: Repository.root)
            #expect(tool.status == 0)
            let lines = tool.output.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count > 20 && lines.allSatisfy { $0.count <= 80 || $0.contains("nnspec train") }, "\(tool.output)")
            #expect(tool.output.utf8.allSatisfy { $0 == 0x0A || (0x20..<0x7F).contains($0) })
            #expect(lines.allSatisfy { $0.last != " " })
            guard let suggestion = try document(words).0.suggestion else { continue }
            let line = try #require(lines.first { $0.contains("learning_rate: ") && $0.hasPrefix("under") })
            #expect(line.split(separator: " ").last.flatMap { Double($0) } == suggestion)
            #expect(
                tool.output.contains("--set optimizer.learning_rate=") && tool.output.contains("^ suggested") || tool.output.contains("suggested ^"))
        }
    }

    /// The line it prints is one that the spec takes, and a schedule is left out and said to be.
    @Test func whatItSaysCanBeDone() throws {
        try withFolder { folder in
            try FileManager.default.copyItem(atPath: Repository.root + "/specs/data/iris.csv", toPath: folder + "/iris.csv")
            let text =
                "nnspec: 1\ndata: {path: iris.csv, target: species}\nmodel: {layers: [16, auto]}\noptimizer: adam\n"
                + "training: {schedule: cosine, early_stopping: 3}\n"
            try text.replacingOccurrences(of: "early_stopping: 3", with: "early_stopping: {patience: 3}")
                .write(toFile: folder + "/my spec.yaml", atomically: false, encoding: .utf8)
            let tool = try Tool.run(["find-lr", "my spec.yaml", "--set", "name=s"], in: folder)
            #expect(tool.status == 0 && tool.errors == "", "\(tool.errors)")
            #expect(tool.output.contains("left out, since the rate rises by itself: training.schedule\n"))
            let command = try #require(tool.output.split(separator: "\n").first { $0.contains("nnspec train ") })
            #expect(command.contains("nnspec train 'my spec.yaml' --set optimizer.learning_rate="))
            let setting = try #require(command.split(separator: " ").last)
            #expect(try Tool.run(["check", "my spec.yaml", "--set", "name=s", "--set", String(setting)], in: folder).status == 0)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["iris.csv", "my spec.yaml"])
            let (found, _) = try document(["my spec.yaml", "--set", "name=s"], in: folder)
            #expect(found.left_out == ["training.schedule"])
            // Without the schedule, and with another, it is the same sweep.
            let (plain, _) = try document(["my spec.yaml", "--set", "name=s", "--set", "training.schedule=constant"], in: folder)
            #expect(plain.points == found.points && plain.left_out == [])
        }
    }

    @Test func allOptimizers() throws {
        for optimizer in ["sgd", "{type: sgd, momentum: 0.9}", "adam", "adamw", "rmsprop", "adagrad", "nadam"] {
            let (found, _) = try document(["specs/iris.yaml", "--set", "optimizer=\(optimizer)"])
            let suggestion = try #require(found.suggestion, "\(optimizer)")
            #expect(suggestion > 1e-5 && suggestion < 1, "\(optimizer): \(suggestion)")
            #expect(found.steps == 100 && ["rose", "largest_rate", "not_finite"].contains(found.end))
        }
    }

    @Test func aLossThatLeavesTheRangeEndsIt() throws {
        let (found, text) = try document(["specs/diabetes.yaml", "--set", "optimizer={type: sgd}", "--from", "1e3", "--to", "1e6"])
        #expect(found.end != "largest_rate" && found.suggestion == nil && found.points.count < 20)
        #expect(text.contains("W2087"))
    }

    @Test func mistakesOfTheSpecAreTold() throws {
        let tool = try Tool.run(["find-lr", "specs/iris.yaml", "--set", "training.epohcs=3", "--json"], in: Repository.root)
        #expect(tool.status == 3 && tool.errors.contains("did you mean `epochs`?") && tool.output.contains("\"ok\": false"))
        let small = try Tool.run(["find-lr", "specs/iris.yaml", "--max-memory", "100"], in: Repository.root)
        #expect(small.status == 6 && small.errors.contains("--max-memory allows 100"))
    }
}
