import Foundation
import TestSupport
import Testing

/// Every spec in specs/ trains, and its results depend on neither threads nor instruction set.
@Suite struct SpecsTests {
    static let deterministic = ["evaluation.json", "metrics.csv", "spec.resolved.yaml", "weights.json"]

    @Test func allAreThere() {
        let wanted = ["autoencoder", "backprop", "breast_cancer", "diabetes", "digits", "iris", "penguins", "wine", "xor"]
        #expect(wanted.allSatisfy(Repository.specs.contains), "\(Repository.specs)")
    }

    @Test(arguments: Repository.specs) func trainsToTheSameBytes(_ spec: String) throws {
        try withFolder { folder in
            var first: [Data]?
            for (threads, instructions) in [("1", ""), ("2", ""), ("1", "avx2"), ("2", "baseline")] {
                let output = "\(folder)/\(threads)\(instructions)"
                let tool = try Tool.run(
                    ["train", "specs/\(spec).yaml", "--threads", threads, "--output", output, "--quiet"], in: Repository.root,
                    environment: ["NNSPEC_ISA": instructions])
                try #require(tool.status == 0, "\(tool.errors)")
                #expect(tool.output.isEmpty && tool.errors.isEmpty, "\(tool.errors)")
                let files = try Self.deterministic.filter { $0 != "spec.resolved.yaml" }.map {
                    try Data(contentsOf: URL(fileURLWithPath: "\(output)/\(spec)/\($0)"))
                }
                for (index, bytes) in files.enumerated() {
                    if let first { #expect(first[index] == bytes, "\(threads) threads, \(instructions)") }
                }
                first = first ?? files
            }
        }
    }

    /// The rendered spec runs as it is and gives the same bytes.
    @Test(arguments: Repository.specs) func renderedSpecGivesTheSameBytes(_ spec: String) throws {
        try withFolder { folder in
            let direct = try Tool.run(["train", "specs/\(spec).yaml", "--output", folder + "/a", "--quiet"], in: Repository.root)
            try #require(direct.status == 0, "\(direct.errors)")
            let resolved = try Tool.run(
                ["train", "\(folder)/a/\(spec)/spec.resolved.yaml", "--output", folder + "/b", "--quiet"], in: "/")
            try #require(resolved.status == 0, "\(resolved.errors)")
            for name in Self.deterministic.filter({ $0 != "spec.resolved.yaml" }) {
                let pair = try ["a", "b"].map { try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\($0)/\(spec)/\(name)")) }
                #expect(pair[0] == pair[1], "\(name)")
            }
            // Rendering is a fixed point.
            let once = try Tool.run(["render", "specs/\(spec).yaml"], in: Repository.root)
            try once.output.write(toFile: folder + "/\(spec).yaml", atomically: true, encoding: .utf8)
            try FileManager.default.createSymbolicLink(atPath: folder + "/data", withDestinationPath: Repository.root + "/specs/data")
            let twice = try Tool.run(["render", "\(folder)/\(spec).yaml"], in: folder)
            #expect(once.status == 0 && once.output == twice.output, "\(twice.errors)")
        }
    }

    /// evaluate on a finished run gives the numbers that train wrote.
    @Test(arguments: Repository.specs) func evaluateAgreesWithTrain(_ spec: String) throws {
        try withFolder { folder in
            let train = try Tool.run(["train", "specs/\(spec).yaml", "--output", folder, "--quiet"], in: Repository.root)
            try #require(train.status == 0, "\(train.errors)")
            let evaluate = try Tool.run(["evaluate", "\(folder)/\(spec)", "--json"], in: Repository.root)
            try #require(evaluate.status == 0, "\(evaluate.errors)")
            func numbers(_ data: Data) throws -> [String: Any] { try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any]) }
            let written = try numbers(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(spec)/evaluation.json")))
            let measured = try numbers(Data(evaluate.output.utf8))
            var compared = 0
            for (key, value) in written where key != "best_epoch" && key != "stop_reason" {
                #expect(measured[key] as? Double == value as? Double, "\(key): \(value), \(measured[key] ?? "missing")")
                #expect(measured[key] as? String == value as? String, "\(key): \(value), \(measured[key] ?? "missing")")
                compared += 1
            }
            #expect(compared >= 3)
        }
    }
}
