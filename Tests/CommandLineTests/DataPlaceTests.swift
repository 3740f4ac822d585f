import Foundation
import TestSupport
import Testing

/// Messages on a spec and its data point into both, and name the default that takes part.
@Suite struct DataPlaceTests {
    private static let flowers =
        "length,width,species\n" + (0..<30).map { "\($0 % 7).5,\($0 % 4),\(["lily", "rose", "setosa"][$0 % 3])\n" }.joined()

    private func errors(_ spec: String, _ data: String = flowers, _ command: [String] = ["check", "--data"]) throws -> String {
        var text = ""
        try withFolder { folder in
            try data.write(toFile: folder + "/flowers.csv", atomically: false, encoding: .utf8)
            try ("nnspec: 1\n" + spec).write(toFile: folder + "/s.yaml", atomically: false, encoding: .utf8)
            text = try Tool.run([command[0], "s.yaml"] + command.dropFirst(), in: folder).errors
        }
        return text
    }

    /// The source line with its mark and words, as it is printed.
    private func shows(_ text: String, _ line: String, _ mark: String) -> Bool {
        let lines = text.split(separator: "\n").map(String.init)
        return lines.indices.dropFirst().contains { lines[$0 - 1].hasSuffix("| " + line) && lines[$0].hasSuffix(mark) }
    }

    private let head = "data: {path: flowers.csv, target: species}\n"

    @Test func theColumnThatSetTheNumberOfClasses() throws {
        let text = try errors(head + "model: {layers: [8, 4]}\n")
        #expect(
            text.contains("error[E1802]") && shows(text, "model: {layers: [8, 4]}", "| " + String(repeating: " ", count: 20) + "^ want 3"), "\(text)")
        #expect(text.contains("flowers.csv:1:14") && shows(text, "length,width,species", "------- 3 classes: lily, rose, setosa"), "\(text)")
    }

    /// Without a header there is no name to point at.
    @Test func noHeaderNoPlace() throws {
        let rows = Self.flowers.split(separator: "\n").dropFirst().map { $0 + "\n" }.joined()
        let text = try errors("data: {path: flowers.csv, target: c2, header: false}\nmodel: {layers: [8, 4]}\n", rows)
        #expect(text.contains("error[E1802]") && !text.contains("flowers.csv:"), "\(text)")
    }

    @Test func theColumnsThatSetTheWidth() throws {
        let text = try errors(head + "model: {input: 5, layers: [8, 3]}\n")
        #expect(text.contains("error[E1801]") && shows(text, "length,width,species", "2 of these columns are features"), "\(text)")
        let data = Self.flowers.replacingOccurrences(of: ",0,", with: ",low,").replacingOccurrences(of: ",1,", with: ",high,")
            .replacingOccurrences(of: ",2,", with: ",low,").replacingOccurrences(of: ",3,", with: ",high,")
        #expect(try errors(head + "model: {input: 5, layers: [8, 3]}\n", data).contains("2 of these columns are features, which make 3 inputs"))
    }

    @Test(arguments: [
        ("model: {layers: [8, {dense: {units: auto, activation: relu}}]}\n", "E1804", "3 classes: lily, rose, setosa"),
        ("model: {layers: [8, auto]}\nclass_weights: {setoza: 2}\n", "E1903", "3 classes: lily, rose, setosa"),
        ("model: {layers: [8, auto]}\nmetrics: [rmse]\n", "E1905", "3 classes: lily, rose, setosa"),
        ("model: {layers: [8, auto]}\ntask: binary\n", "E1303", "3 classes"),
    ])
    func theTargetDecides(_ rest: String, _ code: String, _ words: String) throws {
        let text = try errors(head + rest)
        #expect(text.contains("error[\(code)]") && shows(text, "length,width,species", "------- " + words), "\(text)")
    }

    @Test func numbersDecideToo() throws {
        let text = try errors("data: {path: flowers.csv, target: length}\nmodel: {layers: [8, auto]}\nclass_weights: balanced\n")
        #expect(text.contains("error[E1902]") && shows(text, "length,width,species", "------ numbers"), "\(text)")
    }

    @Test func theNearestColumn() throws {
        let text = try errors("data: {path: flowers.csv, target: spezies}\nmodel: {layers: [8, auto]}\n", Self.flowers, ["check"])
        #expect(text.contains("error[E1101]") && shows(text, "length,width,species", "------- the nearest"), "\(text)")
    }

    @Test func defaultsAreNamed() throws {
        let gaps = Self.flowers.replacingOccurrences(of: "\n3.5,", with: "\n,")
        #expect(try errors(head + "model: {layers: [8, auto]}\n", gaps).contains("note: `data.missing` is not written: the default is `error`"))
        // A row of each class, which the training part takes.
        let lines = Self.flowers.split(separator: "\n")
        let few = [lines[0], lines[1], lines[lines.count - 1]].map { $0 + "\n" }.joined()
        #expect(try errors(head + "model: {layers: [8, auto]}\n", few).contains("note: `data.split` is not written: the default is"))
        let text = try errors(head + "model: {layers: [8, auto]}\ntraining: {last_batch: drop}\n")
        #expect(text.contains("error[E1901]") && text.contains("note: `training.batch_size` is not written: the default is `32`"), "\(text)")
    }

    @Test func decimalCommas() throws {
        let data = Self.flowers.replacingOccurrences(of: ",", with: ";").replacingOccurrences(of: ".5", with: ",5")
        let spec = "data: {path: flowers.csv, target: species, delimiter: \";\"}\nmodel: {layers: [8, auto]}\n"
        let text = try errors(spec, data)
        #expect(text.contains("warning[W1008]: column \"length\"") && text.contains("write `decimal: \",\"`"), "\(text)")
        let read = try errors(spec.replacingOccurrences(of: "}\nmodel", with: ", decimal: \",\"}\nmodel"), data)
        #expect(!read.contains("error[") && !read.contains("W1008"), "\(read)")
        let meant = spec.replacingOccurrences(of: "}\nmodel", with: ", features: [width, {name: length, type: category}]}\nmodel")
        let named = try errors(meant, data)
        #expect(!named.contains("error[") && !named.contains("W1008"), "\(named)")
    }
}
