import Diagnostics
import Testing

/// Columns, classes and the input's shape, as far as the spec alone shows what is wrong with them.
@Suite struct DataCheckTests {
    private func codes(data: String, layers: String = "[4, auto]", _ rest: String = "") throws -> [String] {
        try read("nnspec: 1\ndata: {path: a.csv, \(data)}\nmodel: {layers: \(layers)}\n\(rest)\n").diagnostics.map(\.code)
    }

    @Test(arguments: ["[2, 2, 1]", "[4, 1]", "[1000000000, 1000000000, 1000000000]"]) func shapesMeetDense(_ shape: String) throws {
        let (document, diagnostics) = try read("nnspec: 1\ndata: {path: a.csv, target: y}\nmodel: {layers: [4, auto], input: \(shape)}\n")
        let found = try #require(diagnostics.first)
        #expect(document == nil && diagnostics.map(\.code) == ["E0343"] && found.range?.text == shape && found.related.first?.range.text == "4")
        #expect(found.message.contains(shape) && found.message.contains("dense") && found.message.contains("not available in this version"))
        #expect(found.fix?.contains("`input: 4`") == (shape.contains("1000") ? nil : true))
    }

    @Test func aListOfOneWidthIsTheWidth() throws {
        for shape in ["4", "[4]"] {
            let text = "nnspec: 1\ndata: {path: a.csv, target: y}\nmodel: {layers: [4, auto], input: \(shape)}\n"
            #expect(try read(text).document?.spec.model.inputWidth?.value == 4)
        }
    }

    @Test(arguments: [
        ("target: y, features: [x, y]", "task: classification", ["E0344"]), ("target: y, features: [{name: y}]", "task: binary", ["E0344"]),
        ("target: y, features: [x, y]", "", ["W0301"]), ("target: [y], features: [y]", "", ["W0301"]),
        ("target: y, features: [x, y]", "task: regression", []), ("target: [x, y], features: [x, y]", "", []),
        ("target: y, features: [x]", "task: classification", []), ("target: y", "task: classification", []),
    ])
    func labelsAmongTheFeatures(_ data: String, _ rest: String, _ expected: [String]) throws {
        #expect(try codes(data: data, rest) == expected)
    }

    /// A warning does not stop a run.
    @Test func aWarningLetsTheSpecPass() throws {
        #expect(try read("nnspec: 1\ndata: {path: a.csv, target: y, features: [y]}\nmodel: {layers: [1]}\n").document != nil)
    }

    @Test func namesAreGivenOnce() throws {
        try MarkedText(
            "nnspec: 1\nmodel: {layers: [auto]}\ndata: {path: a.csv, target: y, classes: [a, b, a]}\n"
                + "#                                              ^ E0324\n"
        ).check()
        try MarkedText(
            "nnspec: 1\nmodel: {layers: [auto]}\ndata: {features: [{name: x, categories: [b, c, \"b\"]}], path: a.csv, target: y}\n"
                + "#                                              ^^^ E0324\n"
        ).check()
        #expect(try codes(data: "target: y, classes: [1, 1.0, 01]") == [])
    }
}
