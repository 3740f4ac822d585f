import Foundation
import TestSupport
import Testing

/// evaluate reads a file piece by piece, and measures what `train` and an evaluation of the whole measured, to the last bit.
@Suite struct WindowedEvaluationTests {
    /// Two windows and a half of rows; the number of rows in a window is no multiple of those of a pass.
    private static func rows(_ count: Int) -> [(a: String, b: String, kind: String, weight: String, value: String)] {
        var dice = Dice(state: 77)
        return (0..<count).map { row in
            let (a, b) = (Double.random(in: -1...1, using: &dice), Double.random(in: 0...5, using: &dice))
            let kind = ["u", "v", "w"][(a > 0.2 ? 1 : 0) + (row % 5 == 0 ? 1 : 0)]
            return ("\(a)", "\(b)", kind, "\((row % 7) + 1).5", "\(a * 3 - b)")
        }
    }

    @Test(arguments: [
        ("target: kind, exclude: [value], sample_weight: weight", "metrics: [accuracy, macro_f1, log_loss, auc_roc, mcc]"),
        ("target: [value, b2], exclude: [kind, weight]", ""), ("target: yes, exclude: [kind, weight, value, b2]", "task: binary"),
    ])
    func numbersAreThoseOfTheWhole(_ data: String, _ more: String) throws {
        try withFolder { folder in
            let rows = Self.rows(180_000)
            let csv =
                "a,b,kind,weight,value,b2,yes\n"
                + rows.map { "\($0.a),\($0.b),\($0.kind),\($0.weight),\($0.value),\($0.b)9,\($0.kind == "u")\n" }.joined()
            #expect(csv.utf8.count > 9 << 20)
            let lines = rows.map {
                "{\"a\":\($0.a),\"b\":\($0.b),\"kind\":\"\($0.kind)\",\"weight\":\($0.weight),\"value\":\($0.value),\"b2\":\($0.b)9,"
                    + "\"yes\":\($0.kind == "u")}\n"
            }.joined()
            try csv.write(toFile: folder + "/d.csv", atomically: false, encoding: .utf8)
            try lines.write(toFile: folder + "/d.jsonl", atomically: false, encoding: .utf8)
            let spec =
                "nnspec: 1\ndata: {path: d.csv, split: none, \(data)}\nmodel: {layers: [3, auto]}\n\(more)\n"
                + "training: {epochs: 1, batch_size: 4096}\n"
            try spec.write(toFile: folder + "/s.yaml", atomically: false, encoding: .utf8)
            let trained = try Tool.run(["train", "s.yaml", "--quiet"], in: folder)
            try #require(trained.status == 0, "\(trained.errors)")
            /// Loss and standard metrics, as text.
            func numbers(_ words: [String], _ part: String, through shell: String? = nil) throws -> [String: String] {
                let tool = try Tool.run(["evaluate", "runs/s", "--json"] + words, in: folder, through: shell)
                try #require(tool.status == 0, "\(tool.errors)")
                let object = try #require(try JSONSerialization.jsonObject(with: Data(tool.output.utf8)) as? [String: Any])
                let found = object.filter { $0.key.hasPrefix(part + ".") && $0.value is NSNumber }
                return Dictionary(uniqueKeysWithValues: found.map { (String($0.key.dropFirst(part.count + 1)), "\($0.value)") })
            }
            let whole = try numbers([], "train")
            for words in [["--data", "d.csv"], ["--data", "d.jsonl"]] {
                let found = try numbers(words, "data")
                #expect(found.count >= 4)
                for (name, value) in found { #expect(whole[name].map { $0 == value } ?? true, "\(words) \(name): \(value), \(whole[name] ?? "")") }
                #expect(found["loss"] == whole["loss"] && found["rows"] == "180000")
            }
            let piped = try numbers(["--data", "-", "--format", "jsonl"], "data", through: "cat d.jsonl | \"$@\"")
            #expect(piped["loss"] == whole["loss"])
        }
    }
}
