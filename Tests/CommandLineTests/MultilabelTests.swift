import Foundation
import TestSupport
import Testing

/// Several labels for a row: metrics by their definitions, and a network that learns them.
@Suite struct MultilabelTests {
    /// Outputs sigmoid(x) and sigmoid(-2 x).
    private static let weights = """
        {"format": "nnspec-weights", "version": 1, "task": "multilabel", "precision": "float64", "loss": "binary_cross_entropy",
        "target": {"names": ["t", "u"]},
        "preprocessing": [{"name": "x", "type": "number", "normalize": "none", "mean": 0, "std": 1, "fill": null, "missing_values": [""]}],
        "layers": [{"name": "out", "type": "dense", "activation": "sigmoid", "weight": [[1, -2]], "bias": null}]}
        """

    /// Rows of x, t, u. Predicted is t where x > 0 and u where x < 0.
    private static let rows: [(x: Double, t: Int, u: Int)] = [(1, 1, 0), (2, 0, 0), (-1, 0, 1), (-3, 1, 1), (0.5, 1, 1)]

    @Test func metricsByTheirDefinitions() throws {
        try withFolder { folder in
            try Self.weights.write(toFile: folder + "/w.json", atomically: false, encoding: .utf8)
            let table = "x,t,u\n" + Self.rows.map { "\($0.x),\($0.t == 1 ? "yes" : "no"),\($0.u)\n" }.joined()
            try table.write(toFile: folder + "/d.csv", atomically: false, encoding: .utf8)
            let tool = try Tool.run(["evaluate", "w.json", "--data", "d.csv", "--json"], in: folder)
            #expect(tool.status == 0, "\(tool.errors)")
            let found = try #require(try JSONSerialization.jsonObject(with: Data(tool.output.utf8)) as? [String: Any])
            // Rows 1 and 3 have both labels right.
            #expect(found["data.accuracy"] as? Double == 0.4)
            // t: 2 true, 1 false positive, 1 false negative; u: 2 true, 0 false positives, 1 false negative.
            let f1 = (4.0 / 6 + 4.0 / 5) / 2
            #expect(abs((found["data.macro_f1"] as? Double ?? .nan) - f1) < 1e-15)
            var loss = 0.0
            for row in Self.rows {
                let (p, q) = (1 / (1 + exp(-row.x)), 1 / (1 + exp(2 * row.x)))
                loss -= log(row.t == 1 ? p : 1 - p) + log(row.u == 1 ? q : 1 - q)
            }
            loss /= 10
            // Our exponentials differ from libm's in the last digits.
            for name in ["data.log_loss", "data.loss"] { #expect(abs((found[name] as? Double ?? .nan) - loss) < 1e-12, "\(name)") }
            let predicted = try Tool.run(["predict", "w.json", "d.csv"], in: folder).output.split(separator: "\n")
            #expect(predicted.first == "t,u,p.t,p.u")
            #expect(predicted.dropFirst().map { $0.prefix(4) } == ["1,0,", "1,0,", "0,1,", "0,1,", "1,0,"])
        }
    }

    @Test(arguments: ["1", "2"]) func learns(_ threads: String) throws {
        try withFolder { folder in
            let rows = (0..<200).map { row -> String in
                let (x, z) = (Double(row % 20) - 9.5, Double(row / 20) - 4.5)
                return "\(x),\(z),\(x > 0 ? 1 : 0),\(z > 0 ? 1 : 0),\(x + z > 0 ? 1 : 0)\n"
            }
            try ("x,z,a,b,c\n" + rows.joined()).write(toFile: folder + "/d.csv", atomically: false, encoding: .utf8)
            let spec = """
                nnspec: 1
                task: multilabel
                data: {path: d.csv, target: [a, b, c]}
                model: {layers: [16, auto]}
                optimizer: {learning_rate: 0.02}
                training: {epochs: 60, monitor: validation.accuracy}
                """
            try spec.write(toFile: folder + "/s.yaml", atomically: false, encoding: .utf8)
            let tool = try Tool.run(["train", "s.yaml", "--json", "--threads", threads], in: folder)
            #expect(tool.status == 0, "\(tool.errors)")
            struct Summary: Decodable {
                struct Metrics: Decodable {
                    let accuracy, guess: Double
                    enum CodingKeys: String, CodingKey { case accuracy = "validation.accuracy", guess = "validation.baseline.accuracy" }
                }
                let metrics: Metrics
            }
            let metrics = try JSONDecoder().decode(Summary.self, from: Data(tool.output.utf8)).metrics
            #expect(metrics.accuracy >= 0.9 && metrics.guess < 0.5)
        }
    }
}
