import Foundation
import TestSupport
import Testing

/// `data.sample_weight`, from the file to the numbers.
@Suite struct SampleWeightTests {
    /// Rows of x, z, weight, class and number.
    private static func rows(_ count: Int = 60, weight: (Int) -> String) -> [String] {
        (0..<count).map { row in
            let (x, z) = (Double((row * 7) % 19) / 4, Double((row * 11) % 23) / 5)
            return "\(x),\(z),\(weight(row)),\(["a", "b", "c"][(row + row / 7) % 3]),\(x - z)"
        }
    }

    private static func write(_ rows: [String], _ spec: String, in folder: String) throws {
        try ("x,z,w,kind,y\n" + rows.joined(separator: "\n") + "\n").write(toFile: folder + "/d.csv", atomically: false, encoding: .utf8)
        try ("nnspec: 1\n" + spec).write(toFile: folder + "/s.yaml", atomically: false, encoding: .utf8)
    }

    private static func train(_ folder: String, _ flags: [String] = []) throws -> [String: String] {
        let tool = try Tool.run(["train", "s.yaml", "--quiet"] + flags, in: folder)
        try #require(tool.status == 0, "\(tool.errors)")
        var texts: [String: String] = [:]
        for name in ["weights.json", "metrics.csv", "evaluation.json"] {
            texts[name] = try String(contentsOfFile: "\(folder)/runs/s/\(name)", encoding: .utf8)
        }
        return texts
    }

    private static func numbers(_ json: String) throws -> [String: Double] {
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        return object.compactMapValues { $0 as? Double }
    }

    private static let classes = """
        data: {path: d.csv, target: kind, exclude: [y], sample_weight: w, split: {validation: 0.2, test: 0.2}}
        model: {layers: [6, auto]}
        training: {epochs: 7, batch_size: 8}

        """
    private static let values = """
        data: {path: d.csv, target: y, exclude: [kind], sample_weight: w}
        model: {layers: [6, 1]}
        metrics: [mse, rmse, mae, r2, median_ae, max_error]
        training: {epochs: 7, batch_size: 8}

        """

    /// What always guessing one class comes to, each row by its weight, as `accuracy` counts.
    @Test func theAuditsBaselineCountsWeights() throws {
        try withFolder { folder in
            // Rows 0, 3 and 6 are of class a, and weigh as much as 27 others.
            let spec = Self.classes.replacingOccurrences(of: "{validation: 0.2, test: 0.2}", with: "none")
            try Self.write(Array(Self.rows { [0, 3, 6].contains($0) ? "27" : "1" }.prefix(21)), spec, in: folder)
            let tool = try Tool.run(["check", "s.yaml", "--data"], in: folder)
            #expect(tool.output.contains("guessing \"a\" always is right in "), "\(tool.output)")
            #expect(tool.output.contains(" of the training rows, by weight"), "\(tool.output)")
            let kinds = (0..<21).map { ($0 + $0 / 7) % 3 }
            let weights = (0..<21).map { [0, 3, 6].contains($0) ? 27.0 : 1 }
            let ofA = zip(kinds, weights).reduce(0) { $0 + ($1.0 == 0 ? $1.1 : 0) }
            let share = (ofA / weights.reduce(0, +) * 1000).rounded() / 1000
            let json = try Tool.run(["check", "s.yaml", "--data", "--json"], in: folder).output
            #expect(json.contains("\"majority_baseline\": \(share)"), "\(json)")
        }
    }

    /// Every loss, with the layers that it wants.
    @Test(arguments: [
        "", "label_smoothing: 0.1\n", "class_weights: balanced\n", "training: {precision: float64, epochs: 4}\n",
        "regression", "loss: mae\n", "loss: {huber: {delta: 0.5}}\n", "loss: sse\n",
    ])
    func onesChangeNoBit(_ lines: String) throws {
        try withFolder { folder in
            let isRegression = lines == "regression" || lines.contains("loss: ")
            var spec = isRegression ? Self.values : Self.classes
            if lines.contains("training") { spec = spec.components(separatedBy: "training")[0] }
            spec += lines == "regression" ? "" : lines
            try Self.write(Self.rows { _ in "1" }, spec, in: folder)
            var weighted = try Self.train(folder)
            let named = "  \"sample_weight\": \"w\",\n"
            #expect(weighted["weights.json"]?.contains(named) == true)
            weighted["weights.json"] = weighted["weights.json"]?.replacingOccurrences(of: named, with: "")
            try Self.write(Self.rows { _ in "1" }, spec.replacingOccurrences(of: "], sample_weight: w", with: ", w]"), in: folder)
            let plain = try Self.train(folder)
            for (name, text) in plain { #expect(weighted[name] == text, "\(name)") }
        }
    }

    /// Of the whole data in one batch: whole weights are rows that stand there several times, up to rounding.
    @Test(arguments: ["", "class_weights: balanced\n", "class_weights: {a: 3, b: 0}\n", "loss: sse\n"])
    func wholeWeightsAreRepeatedRows(_ lines: String) throws {
        try withFolder { folder in
            var spec = lines.contains("sse") ? Self.values : Self.classes
            spec = spec.replacingOccurrences(of: ", split: {validation: 0.2, test: 0.2}", with: "")
                .replacingOccurrences(of: "sample_weight: w", with: "sample_weight: w, split: none, normalize: none")
                .replacingOccurrences(of: "batch_size: 8", with: "batch_size: full, precision: float64")
            spec += lines + "optimizer: {type: sgd, learning_rate: 0.001}\n"
            let rows = Self.rows { "\($0 % 4)" }
            try Self.write(rows, spec, in: folder)
            let weighted = try Self.train(folder)
            let repeated = rows.indices.flatMap { row in Array(repeating: rows[row], count: row % 4) }
            try Self.write(repeated, spec.replacingOccurrences(of: "], sample_weight: w", with: ", w]"), in: folder)
            let plain = try Self.train(folder)
            let (a, b) = (try Self.numbers(weighted["evaluation.json"] ?? ""), try Self.numbers(plain["evaluation.json"] ?? ""))
            for (name, value) in b where !name.hasSuffix(".rows") && !name.hasSuffix("max_error") {
                let found = a[name] ?? .nan
                // Rounding of seven steps in float64.
                #expect(abs(found - value) <= 1e-9 * max(1, abs(value)), "\(name): \(found), want \(value)")
            }
        }
    }

    /// What stands in a row that weighs nothing changes no weight; what stands in another one does.
    @Test func rowsOfNoWeightTeachNothing() throws {
        try withFolder { folder in
            let spec = Self.values.replacingOccurrences(of: "sample_weight: w", with: "sample_weight: w, split: none, normalize: none")
            var rows = Self.rows { $0 == 5 ? "0" : "2.5" }
            try Self.write(rows, spec, in: folder)
            let first = try Self.train(folder)["weights.json"]
            rows[5] = "9,9,0,a,1000"
            try Self.write(rows, spec, in: folder)
            #expect(try Self.train(folder)["weights.json"] == first)
            rows[5] = "9,9,0.001,a,1000"
            try Self.write(rows, spec, in: folder)
            #expect(try Self.train(folder)["weights.json"] != first)
        }
    }

    @Test(arguments: [classes, values, classes + "class_weights: balanced\n"]) func evaluateFindsTheSameNumbers(_ spec: String) throws {
        try withFolder { folder in
            try Self.write(Self.rows { "\(Double($0 % 5) / 3)" }, spec, in: folder)
            let one = try Self.train(folder, ["--threads", "1"])
            let two = try Self.train(folder, ["--threads", "2"])
            #expect(one == two)
            let evaluated = try Tool.run(["evaluate", "runs/s", "--json"], in: folder)
            try #require(evaluated.status == 0, "\(evaluated.errors)")
            let (found, logged) = (try Self.numbers(evaluated.output), try Self.numbers(one["evaluation.json"] ?? ""))
            for (name, value) in logged where name != "best_epoch" { #expect(found[name] == value, "\(name)") }

            // A file: weighted by the column that the model knows, from the weights alone too.
            let whole = try Tool.run(["evaluate", "runs/s", "--data", "d.csv", "--json"], in: folder)
            let alone = try Tool.run(["evaluate", "runs/s/weights.json", "--data", "d.csv", "--json"], in: folder)
            #expect(whole.status == 0 && whole.errors.isEmpty == false && !whole.errors.contains("`w`"), "\(whole.errors)")
            let rmse = spec == Self.values ? "data.rmse" : "data.accuracy"
            #expect(try Self.numbers(whole.output)[rmse] == Self.numbers(alone.output)[rmse])
            let text = try String(contentsOfFile: folder + "/d.csv", encoding: .utf8)
            try text.replacingOccurrences(of: "x,z,w,", with: "x,z,v,").write(toFile: folder + "/e.csv", atomically: false, encoding: .utf8)
            let plain = try Tool.run(["evaluate", "runs/s", "--data", "e.csv", "--json"], in: folder)
            #expect(plain.status == 0 && plain.errors.contains("W1072"), "\(plain.errors)")
            #expect(try Self.numbers(plain.output)[rmse] != Self.numbers(whole.output)[rmse])
            // predict needs no weights, and does not speak of them.
            let predicted = try Tool.run(["predict", "runs/s", "e.csv"], in: folder)
            let same = try Tool.run(["predict", "runs/s", "d.csv"], in: folder)
            #expect(predicted.status == 0 && predicted.output == same.output && !same.errors.contains(" w"), "\(same.errors)")
            let inspected = try Tool.run(["inspect", "runs/s"], in: folder)
            #expect(inspected.output.contains("rows weighed by: w"))
        }
    }

    /// Parts by file, by hash and by column; jsonl as csv.
    @Test func anySplitAndFormat() throws {
        try withFolder { folder in
            let rows = Self.rows { "\($0 % 3 + 1)" }
            for split in ["{method: hash, key: kind, validation: 0.4}", "{method: ordered}", "{method: random, test: 0.1}"] {
                try Self.write(
                    rows, Self.values.replacingOccurrences(of: ", exclude: [kind]", with: ", exclude: [kind], split: \(split)"), in: folder)
                _ = try Self.train(folder)
            }
            try Self.write(
                rows, Self.values.replacingOccurrences(of: "path: d.csv", with: "train: d.csv, validation: v.csv, test: v.csv"), in: folder)
            try ("y,w,x,z,kind\n1,2,1,1,a\n0,0,1,1,a\n3,1,4,1,b\n").write(toFile: folder + "/v.csv", atomically: false, encoding: .utf8)
            let files = try Self.train(folder)
            #expect(try Self.numbers(files["evaluation.json"] ?? "")["validation.rows"] == 3)
            let lines = rows.map { row -> String in
                let cells = row.split(separator: ",")
                return "{\"x\": \(cells[0]), \"z\": \(cells[1]), \"w\": \(cells[2]), \"kind\": \"\(cells[3])\", \"y\": \(cells[4])}\n"
            }
            try lines.joined().write(toFile: folder + "/d.jsonl", atomically: false, encoding: .utf8)
            try Self.write(rows, Self.classes, in: folder)
            let table = try Self.train(folder)
            try Self.write(rows, Self.classes.replacingOccurrences(of: "d.csv", with: "d.jsonl"), in: folder)
            #expect(try Self.train(folder) == table)
        }
    }

    @Test(arguments: [("a", "E1201", 8), ("-2", "E1272", 8), ("", "E1273", 8), ("inf", "E1201", 8), ("nan", "E1201", 8), ("1e39", "E1209", 8)])
    func wrongWeights(_ text: String, _ code: String, _ line: Int) throws {
        try withFolder { folder in
            try Self.write(Self.rows { $0 == 6 ? text : "1" }, Self.classes + "", in: folder)
            let tool = try Tool.run(["train", "s.yaml"], in: folder)
            #expect(tool.status == 4 && tool.errors.contains("[\(code)]"), "\(tool.errors)")
            #expect(tool.errors.contains("d.csv:\(line):"), "\(tool.errors)")
            #expect(!tool.errors.contains("type: category"), "\(tool.errors)")
        }
    }

    @Test func allZeroInAPart() throws {
        try withFolder { folder in
            let spec = Self.values.replacingOccurrences(of: ", exclude: [kind]", with: ", exclude: [kind], split: {method: ordered}")
            try Self.write(Self.rows { $0 >= 48 ? "0" : "1" }, spec, in: folder)
            let tool = try Tool.run(["train", "s.yaml"], in: folder)
            #expect(tool.status == 4 && tool.errors.contains("E1274") && tool.errors.contains("all validation rows weigh 0"), "\(tool.errors)")
            try Self.write(Self.rows { _ in "1e-60" }, spec, in: folder)
            let tiny = try Tool.run(["train", "s.yaml"], in: folder)
            #expect(tiny.status == 4 && tiny.errors.contains("E1274") && tiny.errors.contains("float32"), "\(tiny.errors)")
            let wide = try Tool.run(["train", "s.yaml", "--quiet", "--set", "training.precision=float64"], in: folder)
            #expect(wide.status == 0, "\(wide.errors)")
        }
    }

    @Test func pairsOfArraysHaveNone() throws {
        try withFolder { folder in
            try Self.write([], "data: {inputs: x.npy, targets: y.npy, sample_weight: w}\nmodel: {layers: [1]}\ntask: regression\n", in: folder)
            let tool = try Tool.run(["render", "s.yaml"], in: folder)
            #expect(tool.status == 3 && tool.errors.contains("E0374") && tool.errors.contains("s.yaml:2:"), "\(tool.errors)")
        }
    }

    @Test func columnsThatAreNotThere() throws {
        try withFolder { folder in
            try Self.write(Self.rows { _ in "1" }, Self.classes.replacingOccurrences(of: "weight: w", with: "weight: ww"), in: folder)
            for command in ["train", "check"] {
                let tool = try Tool.run([command, "s.yaml"], in: folder)
                #expect(tool.status == 4 && tool.errors.contains("E1101") && tool.errors.contains("ww"), "\(tool.errors)")
            }
        }
    }

    @Test func theAuditAndTheDraftKnowIt() throws {
        try withFolder { folder in
            try Self.write(Self.rows { "\($0 % 2 + 1)" }, Self.classes, in: folder)
            let audit = try Tool.run(["check", "s.yaml", "--data"], in: folder)
            #expect(
                audit.status == 0 && audit.output.contains("weight   \"w\", numbers: 2 different, 1 to 2; the training rows count as"),
                "\(audit.output)")
            #expect(!audit.output.contains("target   \"w\""), "\(audit.output)")
            let text = try String(contentsOfFile: folder + "/d.csv", encoding: .utf8).replacingOccurrences(of: ",w,", with: ",sample_weight,")
            try text.write(toFile: folder + "/e.csv", atomically: false, encoding: .utf8)
            let draft = try Tool.run(["init", "e.csv", "--target", "kind", "--output", "e.yaml"], in: folder)
            #expect(draft.status == 0, "\(draft.errors)")
            let spec = try String(contentsOfFile: folder + "/e.yaml", encoding: .utf8)
            #expect(spec.contains("\n  sample_weight: sample_weight "), "\(spec)")
            #expect(try Tool.run(["train", "e.yaml", "--quiet"], in: folder).status == 0)
        }
    }
}
