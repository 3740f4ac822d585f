import Foundation
import TestSupport
import Testing

/// `nnspec train SPEC --overfit N`: whether it can, and why not.
@Suite struct OverfitTests {
    private struct Document: Decodable {
        let ok: Bool
        let overfits: Bool
        let rows: Int
        let epochs: Int
        let epoch_limit: Int
        let steps: Int
        let loss: Double
        let accuracy: Double?
        let r2: Double?
        let left_out: [String]
    }

    private func run(_ spec: String, _ count: Int, _ settings: [String] = [], in folder: String = Repository.root) throws -> (Tool, Document) {
        let tool = try Tool.run(["train", spec, "--overfit", "\(count)", "--json"] + settings.flatMap { ["--set", $0] }, in: folder)
        return (tool, try JSONDecoder().decode(Document.self, from: Data(tool.output.utf8)))
    }

    private func table(_ text: String, _ rest: String, _ body: (String) throws -> Void) throws {
        try withFolder { folder in
            try text.write(toFile: folder + "/d.csv", atomically: false, encoding: .utf8)
            try ("nnspec: 1\n" + rest).write(toFile: folder + "/s.yaml", atomically: false, encoding: .utf8)
            try body(folder)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["d.csv", "s.yaml"])
        }
    }

    @Test(arguments: [("iris", 10), ("digits", 20), ("breast_cancer", 12), ("diabetes", 5), ("xor", 4), ("penguins", 1)])
    func theExamplesCan(_ spec: String, _ count: Int) throws {
        let (tool, found) = try run("specs/\(spec).yaml", count)
        #expect(tool.status == 0 && found.ok && found.overfits, "\(tool.errors)")
        #expect(found.rows == count && found.epochs <= found.epoch_limit && found.steps >= found.epochs)
        if let accuracy = found.accuracy { #expect(accuracy == 1 && found.loss < 0.5) } else { #expect((found.r2 ?? 0) >= 0.99) }
    }

    @Test func theSameOnAnyNumberOfThreadsAndWithoutAFile() throws {
        let before = try FileManager.default.subpathsOfDirectory(atPath: Repository.root + "/specs").count
        var texts: Set<String> = []
        for threads in ["1", "2"] {
            let tool = try Tool.run(["train", "specs/digits.yaml", "--overfit", "30", "--threads", threads], in: Repository.root)
            #expect(tool.status == 0 && tool.output.contains("learnt 30 rows by heart in "), "\(tool.output)")
            texts.insert(tool.output)
        }
        #expect(texts.count == 1)
        #expect(try FileManager.default.subpathsOfDirectory(atPath: Repository.root + "/specs").count == before)
    }

    /// What it leaves out it does not announce; and L-BFGS ends where it converges.
    @Test func nothingIsAnnouncedThatIsLeftOut() throws {
        let stopping = ["--set", "training.early_stopping={patience: 3}"]
        let tool = try Tool.run(["train", "specs/iris.yaml", "--overfit", "6"] + stopping, in: Repository.root)
        #expect(tool.status == 0 && !tool.errors.contains("early stopping watches"), "\(tool.errors)")
        #expect(tool.output.contains("left out") && tool.output.contains("training.early_stopping"), "\(tool.output)")
        let dead = ["optimizer=lbfgs", "model.initializer=zeros", "model.activation=relu"]
        let (flat, found) = try run("specs/iris.yaml", 6, dead)
        #expect(flat.status == 1 && !found.overfits && found.epochs < found.epoch_limit, "\(flat.errors)")
    }

    /// What keeps from learning by heart does not count: with all of it and without any the trial is the same.
    @Test func regularisationIsLeftOut() throws {
        try table(
            "x,z,c,w\n" + (0..<24).map { "\($0 % 7).5,\($0 % 5),\(["a", "b", "c"][$0 % 3]),\($0 % 2 == 0 ? 0 : 5)\n" }.joined(),
            "data: {path: d.csv, target: c, split: {validation: 0.25}, sample_weight: w}\n"
                + "model: {layers: [{dense: {units: 16, l1: 0.5, l2: 0.5}}, {dropout: 0.9}, auto]}\n"
                + "label_smoothing: 0.3\nclass_weights: {a: 0, b: 9}\noptimizer: {type: adam, learning_rate: 0.01, weight_decay: 0.5}\n"
                + "training: {batch_size: 4, schedule: {exponential: {factor: 0.01}}, early_stopping: {patience: 1}, max_time: 1s}\n"
        ) { folder in
            let (tool, found) = try run("s.yaml", 9, in: folder)
            #expect(tool.status == 0 && found.overfits && found.steps == 3 * found.epochs, "\(tool.errors)")
            #expect(
                found.left_out == [
                    "dropout", "l1", "l2", "optimizer.weight_decay", "label_smoothing", "class_weights", "data.sample_weight",
                    "training.schedule", "training.early_stopping", "training.max_time",
                ])
            let plain =
                "nnspec: 1\nname: s\ndata: {path: d.csv, target: c, exclude: [w], split: {validation: 0.25}}\nmodel: {layers: [16, auto]}\n"
                + "optimizer: {type: adam, learning_rate: 0.01}\ntraining: {batch_size: 4}\n"
            try plain.write(toFile: folder + "/s.yaml", atomically: false, encoding: .utf8)
            let (_, other) = try run("s.yaml", 9, in: folder)
            #expect(other.loss == found.loss && other.epochs == found.epochs && other.left_out == [])
        }
    }

    /// The same inputs with another target: the lines are named.
    @Test func contradictionsAreNamed() throws {
        let spec =
            "data: {path: d.csv, target: c, split: none}\nmodel: {layers: [8, auto]}\noptimizer: {type: adam, learning_rate: 0.02}\n"
            + "training: {batch_size: full}\n"
        try table("x,z,c\n1,2,yes\n3,1,no\n2,2,yes\n1,2,no\n5,1,no\n2,2,yes\n7,7,yes\n3,3,no\n", spec) { folder in
            let (tool, found) = try run("s.yaml", 8, in: folder)
            #expect(tool.status == 1 && !found.ok && !found.overfits && found.accuracy == 0.875, "\(tool.output)")
            #expect(tool.errors.contains("error[E5087]: the network could not learn 8 rows by heart in 10000 epochs: it came to accuracy 0.875"))
            #expect(tool.errors.contains("lines 2, 5 of d.csv have the same inputs and different targets: yes, no"), "\(tool.errors)")
            #expect(!tool.errors.contains("lines 4, 7"))
            // The first rows of each class: those two among them.
            let few = try Tool.run(["train", "s.yaml", "--overfit", "4"], in: folder)
            #expect(few.status == 1 && few.errors.contains("lines 2, 5 of d.csv") && few.output.contains("did not learn 4 rows by heart"))
        }
        try table(
            "x,y\n1,2\n2,3\n1,9\n4,5\n",
            "data: {path: d.csv, target: y, split: none, normalize_target: zscore}\nmodel: {layers: [8, auto]}\n"
                + "optimizer: {type: adam, learning_rate: 0.02}\n"
        ) { folder in
            let (tool, found) = try run("s.yaml", 4, in: folder)
            #expect(tool.status == 1 && (found.r2 ?? 1) < 0.99)
            #expect(tool.errors.contains("lines 2, 4 of d.csv have the same inputs and different targets: 2, 9"), "\(tool.errors)")
        }
    }

    /// Classes take turns: a file sorted by class shows each of them.
    @Test func classesTakeTurns() throws {
        let (tool, found) = try run("specs/iris.yaml", 3, ["data.split=none"])
        #expect(tool.status == 0 && found.rows == 3)
        // Three rows of one class would have been learnt within a few steps.
        #expect(found.epochs > 20)
    }

    @Test func theReasonsDiffer() throws {
        let rows = "x,z,c\n" + [(0, 0), (0, 1), (1, 0), (1, 1)].map { "\($0.0),\($0.1),\($0.0 ^ $0.1 == 1 ? "odd" : "even")\n" }.joined()
        func spec(_ layers: String, _ rest: String) -> String {
            "data: {path: d.csv, target: c, split: none}\nmodel: {layers: [\(layers)]}\n\(rest)\n"
        }
        for (text, words) in [
            (spec("auto", "optimizer: {type: adam, learning_rate: 0.01}"), ["put a hidden layer before the last"]),
            (spec("8, auto", "optimizer: {type: sgd, learning_rate: 1e-9}"), ["the loss did not fall", "try another learning_rate (now 1e-"]),
            (
                spec("8, auto", "optimizer: {type: sgd, learning_rate: 1e-4}"),
                ["the loss was still falling", "try a larger learning_rate (now 0.0001)"]
            ),
            (spec("8, {dense: {units: auto, trainable: false}}", "optimizer: {type: sgd, learning_rate: 1e-6}"), ["are not trained (`trainable`)"]),
        ] {
            try table(rows, text) { folder in
                let tool = try Tool.run(["train", "s.yaml", "--overfit", "4"], in: folder)
                #expect(tool.status == 1)
                for word in words { #expect(tool.errors.contains(word), "\(tool.errors)") }
                #expect(tool.errors.contains("still wrong: line") || tool.errors.contains("all rows are predicted right"), "\(tool.errors)")
            }
        }
        try table(
            "x,y\n1,2\n2,3e9\n3,9\n4,5\n",
            "data: {path: d.csv, target: y, split: none}\nmodel: {layers: [8, auto]}\noptimizer: {type: sgd, learning_rate: 5}\n"
        ) {
            folder in
            let tool = try Tool.run(["train", "s.yaml", "--overfit", "3", "--json"], in: folder)
            #expect(
                tool.status == 1 && tool.errors.contains("is not finite in epoch") && tool.errors.contains("try `learning_rate: 0.5`"),
                "\(tool.errors)")
            #expect(tool.output.contains("\"overfits\": false") && tool.output.contains("\"loss\": null"))
        }
    }

    @Test func moreRowsThanThereAre() throws {
        let tool = try Tool.run(["train", "specs/iris.yaml", "--overfit", "121"], in: Repository.root)
        #expect(tool.status == 2 && tool.output == "" && tool.errors.contains("more rows than there are to train on: 120"), "\(tool.errors)")
        #expect(
            try Tool.run(["train", "specs/iris.yaml", "--overfit", "120", "--set", "optimizer.learning_rate=0.03", "--quiet"], in: Repository.root)
                .output == "")
    }
}
