import Artifacts
import Diagnostics
import TestSupport
import Testing

/// A change to the golden text and the error it must give. `‸` in the new text marks where the error points.
struct Mistake: Sendable, CustomTestStringConvertible {
    let old: String
    let new: String
    let code: String
    let words: String
    var testDescription: String { "\(code): \(new)" }

    init(_ old: String, _ new: String, _ code: String, _ words: String) {
        (self.old, self.new, self.code, self.words) = (old, new, code, words)
    }
}

@Suite struct WeightsErrorTests {
    static let mistakes: [Mistake] = [
        // Not JSON.
        Mistake("0.1, -0.25", "0.1 ‸-0.25", "E1703", "expected a comma or ], found -"),
        Mistake("0.1, -0.25", "0.1, ‸]", "E1703", "expected a value, found ]"),
        Mistake("0.1, -0.25", "0.1, ‸NaN", "E1703", "NaN is no number"),
        Mistake("\"mean\": 40.5", "\"mean\": ‸NaN", "E1703", "NaN is no number in JSON"),
        Mistake("\"mean\": 40.5", "\"mean\": -‸Infinity", "E1703", "expected a digit, found I"),
        Mistake("\"mean\": 40.5", "\"mean\": ‸040.5", "E1703", "does not begin with 0"),
        Mistake("\"mean\": 40.5", "\"mean\": 40.‸,", "E1703", "expected a digit after the point"),
        Mistake("\"mean\": 40.5", "\"mean\": ‸+1", "E1703", "expected a value, found +"),
        Mistake("\"mean\": 40.5", "\"mean\": 1e‸,", "E1703", "a digit of the exponent"),
        Mistake("\"mean\": 40.5", "\"mean\": ‸// no\n 40.5", "E1703", "expected a value, found /"),
        Mistake("\"version\": 1", "‸version: 1", "E1703", "a key in double quotes"),
        Mistake("\"Köln\"", "\"K‸\\öln\"", "E1703", "no escape of JSON"),
        Mistake("\"Köln\"", "\"K‸\\ud800ln\"", "E1703", "half of a surrogate pair"),
        Mistake("\"Köln\"", "\"K‸\tln\"", "E1703", "control character"),
        Mistake("  ]\n}\n", "  ]\n}\n‸}", "E1703", "something follows"),
        Mistake("  ]\n}\n", "  ]\n‸", "E1703", "the file ends where a comma or } was expected"),
        // Another format.
        Mistake("\"nnspec-weights\"", "‸\"onnx\"", "E1704", "found \"onnx\""),
        Mistake("{\n  \"format\": \"nnspec-weights\",", "‸{", "E1704", "no such key"),
        Mistake("\"version\": 1", "\"version\": ‸2", "E1705", "has version 2, this nnspec reads version 1"),
        // Keys.
        Mistake("\"loss\": \"cross_entropy\",", "\"loss\": \"cross_entropy\", ‸\"extra\": 1,", "E1706", "unknown key `extra`"),
        Mistake("\"loss\": \"cross_entropy\",", "\"loss\": \"cross_entropy\", ‸\"loss\": \"mse\",", "E1707", "key `loss` twice"),
        Mistake(
            "{\n  \"format\": \"nnspec-weights\",\n  \"version\": 1,\n  \"task\": \"classification\",",
            "‸{\n  \"format\": \"nnspec-weights\",\n  \"version\": 1,", "E1708", "no key `task`"),
        Mistake("\"unseen\": \"other\", ", "\"unseen\": \"other\", ‸\"mean\": 1, ", "E1706", "feature 2 has an unknown key `mean`"),
        // Kinds and choices.
        Mistake("\"mean\": 40.5", "\"mean\": ‸[40.5]", "E1709", "expected a number, found a list of numbers"),
        Mistake("[\"species\"]", "‸\"species\"", "E1709", "expected a list, found a text"),
        Mistake("\"activation\": \"tanh\"", "\"activation\": ‸\"tanhh\"", "E1710", "is \"tanhh\", expected one of linear, relu"),
        Mistake("\"precision\": \"float32\"", "\"precision\": ‸\"float16\"", "E1710", "expected one of float32, float64"),
        Mistake("\"loss\": \"cross_entropy\"", "\"loss\": ‸\"hinge\"", "E1710", "is \"hinge\""),
        Mistake("0.1, -0.25", "0.1, ‸\"x\"", "E1709", "`weight` of layer 1: expected a number in this row, found a text"),
        Mistake("0.1, -0.25", "‸null, -0.25", "E1709", "expected a number in this row, found null"),
        Mistake("0.1, -0.25", "0.1, ‸[-0.25]", "E1709", "expected a number in this row, found a list of numbers"),
        Mistake("\"bias\": [0.0, -0.0]", "\"bias\": [0.0, ‸true]", "E1709", "`bias` of layer 1: expected a number in this list, found true"),
        Mistake("\"bias\": [0.0, -0.0]", "\"bias\": ‸\"none\"", "E1709", "expected a list of numbers, or null, found a text"),
        // Shapes. The row that differs from the others is to blame, of two the one that differs from the bias.
        Mistake("[0.1, -0.25]", "‸[0.1]", "E1711", "expected 2 numbers in each row, found 1"),
        Mistake("[0.1, -0.25]", "‸[0.1, -0.25, 1]", "E1711", "expected 2 numbers in each row, found 3"),
        Mistake(
            "[1.0, 2.0, 3.0],\n        [4.0, 5.0, 6.0]\n      ],\n      \"bias\": null",
            "‸[1.0, 2.0],\n        [4.0, 5.0, 6.0]\n      ],\n      \"bias\": [0.0, 0.0, 0.0]", "E1711", "expected 3 numbers in each row, found 2"),
        Mistake("        [1.0, 2.0],\n", "        ‸[1.0],\n", "E1711", "expected 2 numbers in each row, found 1"),
        Mistake("\"weight\": [\n        [0.1, -0.25],", "\"weight\": ‸[", "E1711", "expected 3 rows, one per input, found 2"),
        Mistake("\"bias\": [0.0, -0.0]", "\"bias\": ‸[0.0, -0.0, 1]", "E1711", "expected 2 numbers, one per unit, found 3"),
        Mistake("        [1.0, 2.0],\n", "        ‸[],\n", "E1709", "expected a row of numbers, found an empty list"),
        Mistake("[\"no\", \"010\", \"yes\"]", "[\"no\", \"yes\"]", "E1711", "expected 2 for the target, found 3 outputs"),
        // Numbers.
        Mistake("-0.25", "‸3.5e38", "E1712", "3.5e38 is too large for float32"),
        Mistake("\"mean\": 40.5", "\"mean\": ‸1e999", "E1712", "1e999 is too large for float64"),
        Mistake("\"mean\": 40.5", "\"mean\": ‸-1e99999999999999999999", "E1712", "too large"),
        // Contradictions.
        Mistake("\"std\": 12.25", "\"std\": ‸0", "E1713", "not above 0"),
        Mistake("\"010\"", "\"no\"", "E1713", "holds \"no\" twice"),
        Mistake("\"name\": \"act\"", "\"name\": \"dense_1\"", "E1713", "two layers named \"dense_1\""),
        Mistake("\"city \\\"x\\\"\"", "\"age\"", "E1713", "two features named \"age\""),
        Mistake("\"loss\": \"cross_entropy\"", "\"loss\": ‸\"binary_cross_entropy\"", "E1713", "does not go with task classification"),
        Mistake("\"unseen\": \"other\", \"fill\": null", "\"unseen\": \"other\", \"fill\": ‸\"Bonn\"", "E1713", "none of its categories"),
    ]

    @Test(arguments: mistakes)
    func isFoundWhereItStands(mistake: Mistake) throws {
        let golden = WeightsRoundTripTests.golden
        try #require(golden.ranges(of: mistake.old).count >= 1)
        let marked = golden.replacing(mistake.old, with: mistake.new, maxReplacements: 1)
        let clean = marked.replacing("‸", with: "")
        let (model, diagnostics) = readWeights(Array(clean.utf8))
        #expect(model == nil)
        try #require(diagnostics.count == 1)
        let found = diagnostics[0]
        #expect(found.code == mistake.code)
        #expect(found.message.contains(mistake.words), "\(found.message)")
        #expect(ExitStatus.of(diagnostics) == 4)
        let position = try #require(found.range?.start)
        guard let mark = marked.firstIndex(of: "‸") else { return }
        let before = marked[..<mark]
        let line = before.unicodeScalars.count { $0 == "\n" } + 1
        let column = before.unicodeScalars.reversed().prefix { $0 != "\n" }.count + 1
        #expect(position.line == line && position.column == column, "at \(position), wanted \((line, column))")
        #expect(found.range?.file.name == "weights.json")
    }

    @Test(arguments: ["[", "{\"a\":", "[[],", "[1,[", "\"", "{", "-", ""])
    func endlessNestingEnds(piece: String) {
        let (model, diagnostics) = readWeights(Array(String(repeating: piece, count: 100_000).utf8))
        #expect(model == nil)
        #expect(diagnostics.map(\.code) == ["E1703"])
    }

    @Test func theDepthLimitIsNamed() {
        let (_, diagnostics) = readWeights(Array(String(repeating: "[", count: 65).utf8))
        #expect(diagnostics.first?.message.contains("deeper than 64 levels") == true)
    }

    @Test func badUTF8AndByteOrderMark() throws {
        var bytes = WeightsFile.text(of: Samples.classifier())
        let place = try #require(bytes.firstIndex(of: 0xC3))
        bytes[place] = 0xFF
        #expect(readWeights(bytes).diagnostics.first?.message.contains("not valid UTF-8") == true)
        let marked = [0xEF, 0xBB, 0xBF] + WeightsFile.text(of: Samples.classifier())
        #expect(readWeights(marked).diagnostics.first?.message.contains("byte order mark") == true)
    }

    @Test func everyTruncationIsAnError() {
        let bytes = WeightsFile.text(of: Samples.classifier())
        for count in 0..<bytes.count - 1 {
            let (model, diagnostics) = readWeights(Array(bytes[..<count]))
            #expect(model == nil && diagnostics.count == 1 && diagnostics[0].code == "E1703", "cut at \(count)")
        }
    }

    @Test func flippedBytesNeverCrash() {
        let bytes = WeightsFile.text(of: Samples.classifier())
        var bits = Dice(state: 4)
        var refused = 0
        for _ in 0..<4000 {
            var copy = bytes
            for _ in 0...bits.next() % 3 { copy[Int(bits.next() % UInt64(copy.count))] = UInt8(truncatingIfNeeded: bits.next()) }
            let (model, diagnostics) = readWeights(copy)
            #expect((model == nil) == (diagnostics.count == 1))
            if model == nil { refused += 1 }
        }
        #expect(refused > 2000)
    }
}
