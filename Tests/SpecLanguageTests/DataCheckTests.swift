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
        ("target: y, features: [x, y]", "loss: cross_entropy", ["E0344"]),
        // The data decides whether these are labels.
        ("target: y, features: [x, y]", "", []), ("target: [y], features: [y]", "", []), ("target: y, features: [x, y]", "task: regression", []),
        ("target: [x, y], features: [x, y]", "", []),
        ("target: y, features: [x]", "task: classification", []), ("target: y", "task: classification", []),
    ])
    func labelsAmongTheFeatures(_ data: String, _ rest: String, _ expected: [String]) throws {
        #expect(try codes(data: data, rest) == expected)
    }

    /// What the name of a data file tells is known without the file.
    @Test(arguments: [
        ("path: a.csv", []), ("path: a.TSV", []), ("path: a.parquet", ["E0349"]), ("path: a", ["E0349"]), ("path: .csv", ["E0349"]),
        ("path: a.parquet, format: csv", []), ("path: a.npy", []), ("path: a.npy, format: csv", []), ("path: a.csv.gz", []),
        ("path: a.gz", ["E0349"]), ("path: a.gz, format: csv", []), ("path: a.npz", []), ("path: 'a.npz#x#y'", []), ("path: 'a.csv#x'", ["E0349"]),
        ("train: a.csv, validation: b.txt, test: c.idx", ["E0349"]),
        ("path: a.txt, format: cvs", ["E0204"]),
    ])
    func endingsOfDataFiles(_ data: String, _ expected: [String]) throws {
        #expect(try read("nnspec: 1\ndata: {\(data), target: y}\nmodel: {layers: [4, auto]}\n").diagnostics.map(\.code) == expected)
    }

    /// Each was found with the data once, and needs none.
    @Test(arguments: [
        ("target: [x, y]", "task: classification", ["E0346"]), ("target: [x, y]", "loss: cross_entropy", ["E0346"]),
        ("target: [x, y]", "task: binary\nlabel_smoothing: 0.1", ["E0346"]), ("target: [x, y]", "", []),
        ("target: y", "loss: kl_divergence", ["E0347"]), ("target: y", "task: classification\nloss: kl_divergence", ["E0347"]),
        ("target: [x, y]", "loss: kl_divergence", []), ("target: [x, y], normalize_target: zscore", "loss: kl_divergence", ["E0348"]),
        ("target: y, features: [{name: x, categories: [a, b], missing: {constant: c}}]", "", ["E0350"]),
        ("target: y, missing: {constant: c}, features: [{name: x, categories: [a, b]}]", "", ["E0350"]),
        ("target: y, features: [{name: x, categories: [a, b], missing: {constant: b}}]", "", []),
        ("target: y, features: [{name: x, type: number, missing: {constant: b}}]", "", ["E0351"]),
        ("target: y, features: [{name: x, missing: {constant: b}}]", "", []),
        ("target: y, features: [{name: x, type: number, missing: {constant: 010}}, {name: z, type: number, missing: {constant: -.5e1}}]", "", []),
        ("target: y, classes: [a, b, c]", "task: binary", ["E0352"]), ("target: y, classes: [a, b, c]", "loss: binary_cross_entropy", ["E0352"]),
        ("target: y, classes: [a, b]", "task: binary", []), ("target: y, split: {method: stratified}", "task: regression", ["E0353"]),
        ("target: [x, y], split: {method: stratified}", "", ["E0353"]), ("target: y, split: {method: stratified}", "", []),
        ("target: y, classes: [a, b]", "class_weights: {a: 1, c: 2}", ["E0354"]),
        ("target: y, classes: [a, b]", "class_weights: {a: 1, c: x}", ["E0204"]),
    ])
    func knownWithoutData(_ data: String, _ rest: String, _ expected: [String]) throws {
        #expect(try codes(data: data, rest) == expected)
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
