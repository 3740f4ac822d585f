import Artifacts
import Datasets
import Diagnostics
import SpecLanguage
import TestSupport
import Testing
import Training

@Suite struct WeightsRoundTripTests {
    static let golden = #"""
        {
          "format": "nnspec-weights",
          "version": 1,
          "task": "classification",
          "precision": "float32",
          "loss": "cross_entropy",
          "target": {"names": ["species"]},
          "classes": ["no", "010", "yes"],
          "preprocessing": [
            {"name": "age", "type": "number", "normalize": "zscore", "mean": 40.5, "std": 12.25, "fill": 39.0, "missing_values": ["", "NA"]},
            {"name": "city \"x\"", "type": "category", "categories": ["Köln", "a\tb"], "unseen": "other", "fill": null, "missing_values": [""]}
          ],
          "layers": [
            {
              "name": "dense_1",
              "type": "dense",
              "activation": "relu",
              "weight": [
                [0.1, -0.25],
                [1.0, 2.0],
                [1e-07, 3e+10]
              ],
              "bias": [0.0, -0.0]
            },
            {
              "name": "act",
              "type": "activation",
              "activation": "tanh"
            },
            {
              "name": "dense_2",
              "type": "dense",
              "activation": "softmax",
              "weight": [
                [1.0, 2.0, 3.0],
                [4.0, 5.0, 6.0]
              ],
              "bias": null
            }
          ]
        }

        """#

    @Test func theTextIsFixed() { #expect(text(of: Samples.classifier()) == Self.golden) }

    @Test(arguments: TrainingSpec.Precision.allCases)
    func everyPartComesBack(precision: TrainingSpec.Precision) throws {
        let model = Samples.classifier(precision)
        let back = try #require(readWeights(WeightsFile.text(of: model)).model)
        #expect(back.task == model.task && back.precision == precision && back.loss == model.loss)
        #expect(back.preprocessing == model.preprocessing)
        #expect(back.target == model.target)
        #expect(back.layers.map(\.name) == ["dense_1", "act", "dense_2"] && back.layers.map(\.type) == ["dense", "activation", "dense"])
        #expect(back.layers.map(\.activation) == model.layers.map(\.activation))
        #expect(back.layers[0].weight == model.layers[0].weight && back.layers[2].weight == model.layers[2].weight)
        #expect(back.layers[2].bias == nil)
        #expect(WeightsFile.text(of: back) == WeightsFile.text(of: model))
    }

    @Test func floatsKeepEveryBit() throws {
        var bits = Dice(state: 1)
        var values: [Float] = [0, -0.0, .leastNonzeroMagnitude, -.leastNormalMagnitude, .greatestFiniteMagnitude, .ulpOfOne, 1 / 3, 16_777_216, 1e16]
        values += (0..<10_000).map { _ in Float(bitPattern: UInt32(truncatingIfNeeded: bits.next())) }.filter(\.isFinite)
        values += (0..<1000).map { _ in Float(bitPattern: UInt32(truncatingIfNeeded: bits.next()) & 0x807F_FFFF) }
        let back = try #require(readWeights(WeightsFile.text(of: Samples.regression(values.map { Double($0) }, .float32))).model)
        let weight = try #require(back.layers[0].weight)
        #expect(weight.doubles.map { Float($0).bitPattern } == values.map(\.bitPattern))
    }

    @Test func doublesKeepEveryBit() throws {
        var bits = Dice(state: 2)
        var values: [Double] = [
            0, -0.0, .leastNonzeroMagnitude, -.leastNormalMagnitude, .greatestFiniteMagnitude, .ulpOfOne, 1 / 3, 9_007_199_254_740_991,
        ]
        values += (0..<10_000).map { _ in Double(bitPattern: bits.next()) }.filter(\.isFinite)
        values += (0..<1000).map { _ in Double(bitPattern: bits.next() & 0x800F_FFFF_FFFF_FFFF) }
        values += (0..<5000).map { _ in Double(bits.next() >> 40) / 1000 }
        let back = try #require(readWeights(WeightsFile.text(of: Samples.regression(values, .float64))).model)
        let weight = try #require(back.layers[0].weight)
        #expect(weight.doubles.map(\.bitPattern) == values.map(\.bitPattern))
    }

    /// Decimal texts written by others are rounded once, also where rounding through Double would land elsewhere.
    @Test func textsAreRoundedOnceToFloat() throws {
        var texts = [
            "1.00000017881393432617187499", "1.00000017881393432617187501", "0.1", "123456789", "1e-45", "7e-46", "8388608.5", "8388609.5",
            "33554433", "3.4028235e38", "9007199791611905", "1E+2", "-0", "5e-1",
        ]
        var bits = Dice(state: 3)
        for _ in 0..<3000 {
            // Near the middle of two neighbouring floats.
            let float = Float(bitPattern: UInt32(truncatingIfNeeded: bits.next()) & 0x3FFF_FFFF | 0x2000_0000)
            texts.append(((Double(float) + Double(float.nextUp)) / 2).description)
        }
        let values = texts.map { _ in 1.0 }
        let written = text(of: Samples.regression(values, .float32))
        let row = "[" + values.map { "\($0)" }.joined(separator: ", ") + "]\n      ],"
        let replaced = written.replacing(row, with: "[" + texts.joined(separator: ", ") + "]\n      ],")
        try #require(replaced != written)
        let back = try #require(readWeights(Array(replaced.utf8)).model)
        let weight = try #require(back.layers[0].weight)
        #expect(weight.doubles.map { Float($0).bitPattern } == texts.map { Float($0)?.bitPattern })
    }

    @Test func theOrderOfKeysIsFree() {
        let moved = Self.golden.replacing("  \"format\": \"nnspec-weights\",\n", with: "").replacing(
            "  ]\n}\n", with: "  ],\n  \"format\": \"nnspec-weights\"\n}\n")
        #expect(readWeights(Array(moved.utf8)).model != nil)
    }
}
