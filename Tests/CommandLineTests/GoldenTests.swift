import Foundation
import Testing

/// The text of every stage of the compiler, for six specs that together use all it builds: Tests/Fixtures/golden/<spec>/<stage>.txt.
///
/// A change of these texts is a change of what people see: look at it, then take it over with NNSPEC_UPDATE_GOLDEN=1.
@Suite struct GoldenTests {
    static let specs = ["xor", "backprop", "iris", "diabetes", "penguins", "autoencoder"]
    static let stages = ["nodes", "spec", "graph", "gradient", "plan"]

    @Test(arguments: specs, stages) func stage(_ spec: String, _ stage: String) throws {
        let tool = try Tool.run(["plan", "specs/\(spec).yaml", "--emit", stage], in: Repository.root)
        #expect(tool.status == 0, "\(tool.errors)")
        let path = "\(Repository.root)/Tests/Fixtures/golden/\(spec)/\(stage).txt"
        if ProcessInfo.processInfo.environment["NNSPEC_UPDATE_GOLDEN"] == "1" {
            try FileManager.default.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try tool.output.write(toFile: path, atomically: true, encoding: .utf8)
        }
        let golden = try String(contentsOfFile: path, encoding: .utf8)
        if tool.output != golden {
            let (new, old) = (tool.output.split(separator: "\n"), golden.split(separator: "\n"))
            let line = zip(new, old).enumerated().first { $1.0 != $1.1 }?.offset ?? min(new.count, old.count)
            Issue.record("\(path): line \(line + 1) is `\(line < new.count ? new[line] : "")`, golden `\(line < old.count ? old[line] : "")`")
        }
    }
}
