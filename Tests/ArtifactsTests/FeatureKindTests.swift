import Artifacts
import Datasets
import Foundation
import SpecLanguage
import Testing
import Training

/// Features of every kind, written and read back.
@Suite struct FeatureKindTests {
    private static let features: [(feature: FeatureTransform, text: String)] = [
        (
            FeatureTransform(
                name: "a", kind: .number(normalize: .robust, center: 1, scale: 2, fill: 0.5), missingValues: [""], hasIndicator: true),
            #"{"name": "a", "type": "number", "normalize": "robust", "mean": 1.0, "std": 2.0, "fill": 0.5, "#
                + #""missing_values": [""], "indicator": true}"#
        ),
        (
            FeatureTransform(name: "a", kind: .boolean(fill: 0.25), missingValues: ["", "?"]),
            #"{"name": "a", "type": "boolean", "fill": 0.25, "missing_values": ["", "?"]}"#
        ),
        (
            FeatureTransform(name: "a", kind: .boolean(fill: nil), missingValues: []),
            #"{"name": "a", "type": "boolean", "fill": null, "missing_values": []}"#
        ),
        (
            FeatureTransform(
                name: "a", kind: .ordinal(categories: ["low", "high"], normalize: .minmax, center: 0, scale: 1, fill: "low"), missingValues: [""],
                hasIndicator: true),
            #"{"name": "a", "type": "category", "encoding": "ordinal", "categories": ["low", "high"], "normalize": "minmax", "mean": 0.0, "#
                + #""std": 1.0, "fill": "low", "missing_values": [""], "indicator": true}"#
        ),
        (
            FeatureTransform(name: "a", kind: .index(categories: ["u", "v"], unseen: .other, fill: nil), missingValues: [""]),
            #"{"name": "a", "type": "category", "encoding": "index", "categories": ["u", "v"], "unseen": "other", "#
                + #""fill": null, "missing_values": [""]}"#
        ),
    ]

    private static func model(_ feature: FeatureTransform) -> TrainedModel {
        TrainedModel(
            task: .multilabel, precision: .float32, loss: "binary_cross_entropy",
            preprocessing: Preprocessing(features: [feature], csv: CSVOptions()), target: .labels(names: ["t", "u"]),
            layers: [
                TrainedLayer(
                    name: "out", type: "dense", activation: .sigmoid,
                    weight: Matrix(
                        rows: feature.width, columns: 2, values: (0..<2 * feature.width).map(Double.init), precision: .float32), bias: nil)
            ])
    }

    @Test(arguments: features.indices) func roundTrip(_ index: Int) throws {
        let (feature, line) = Self.features[index]
        let written = text(of: Self.model(feature))
        #expect(written.contains("    \(line)\n"), "\(written)")
        #expect(written.contains(#""target": {"names": ["t", "u"]},"#))
        let (read, diagnostics) = readWeights(Array(written.utf8))
        #expect(diagnostics.map(\.message) == [])
        let model = try #require(read)
        #expect(model.preprocessing.features == [feature])
        #expect(model.target == .labels(names: ["t", "u"]))
        #expect(text(of: model) == written)
    }

    /// What is not exactly of the format is refused.
    @Test(arguments: [
        (0, #", "indicator": true"#, #", "indicator": false"#, "E1709"), (0, #", "indicator": true"#, "", "E1711"),
        (1, "0.25", "1.5", "E1713"), (1, #""boolean""#, #""bool""#, "E1710"), (3, #""ordinal""#, #""one_hot""#, "E1710"),
        (3, #""normalize": "minmax", "#, "", "E1708"), (3, #""std": 1.0"#, #""std": 0.0"#, "E1713"),
        (4, #""encoding": "index", "#, #""encoding": "ordinal", "#, "E1706"), (4, #""unseen": "other", "#, "", "E1708"),
        (2, #""multilabel""#, #""regression""#, "E1708"), (2, #""loss": "binary_cross_entropy""#, #""loss": "mse""#, "E1713"),
    ])
    func refused(_ index: Int, _ part: String, _ change: String, _ code: String) throws {
        let written = text(of: Self.model(Self.features[index].feature))
        #expect(written.contains(part))
        let changed = written.replacingOccurrences(of: part, with: change)
        let (model, diagnostics) = readWeights(Array(changed.utf8))
        #expect(model == nil)
        #expect(diagnostics.map(\.code) == [code], "\(diagnostics.map(\.message))")
    }
}
