import Foundation
import TestSupport
import Testing

/// specs/backprop.yaml, in float64, reproduces the textbook system that NumPy ran (Tests/Fixtures/seed_backprop.json): both variants, after
/// 1, 2, 10 and 1000 updates, to 1e-12.
@Suite struct BackpropSpecTests {
    private func object(_ path: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: path))) as? [String: Any])
    }

    private func flat(_ value: Any?) -> [Double] {
        if let number = value as? Double { return [number] }
        return (value as? [Any])?.flatMap { flat($0) } ?? []
    }

    @Test(arguments: ["with_bias", "frozen_bias"]) func reproducesNumPy(_ variant: String) throws {
        let fixture = try object(Repository.root + "/Tests/Fixtures/seed_backprop.json")
        let wanted = try #require(fixture[variant] as? [String: Any])
        var compared = 0
        for updates in [1, 2, 10, 1000] {
            try withFolder { folder in
                var words = ["train", "specs/backprop.yaml", "--output", folder, "--quiet", "--set", "training.epochs=\(updates)"]
                if variant == "frozen_bias" {
                    words += [
                        "--set",
                        "model.layers=[dense: {units: 3, activation: sigmoid, trainable: [weight], name: hidden}, "
                            + "dense: {units: 1, activation: sigmoid, trainable: [weight], name: output}]",
                    ]
                }
                let tool = try Tool.run(words, in: Repository.root)
                try #require(tool.status == 0, "\(tool.errors)")
                let layers = try #require(try object(folder + "/backprop/weights.json")["layers"] as? [[String: Any]])
                let want = try #require(wanted["\(updates)"] as? [String: Any])
                for (index, layer) in layers.enumerated() {
                    for (key, name) in [("weight", "W"), ("bias", "b")] {
                        let (found, exact) = (flat(layer[key]), flat(want["\(name)\(index)"]))
                        try #require(found.count == exact.count && !exact.isEmpty)
                        for (a, b) in zip(found, exact) {
                            #expect((a - b).magnitude <= 1e-12 * max(1, b.magnitude), "\(name)\(index) after \(updates)")
                            compared += 1
                        }
                    }
                }
            }
        }
        #expect(compared == 4 * 13)
    }
}
