import Artifacts
import Datasets
import Diagnostics
import Foundation
import SpecLanguage
import Training

/// Small models that touch every part of the format.
enum Samples {
    static func classifier(_ precision: TrainingSpec.Precision = .float32) -> TrainedModel {
        let age = FeatureTransform(name: "age", kind: .number(normalize: .zscore, center: 40.5, scale: 12.25, fill: 39), missingValues: ["", "NA"])
        let city = FeatureTransform(
            name: "city \"x\"", kind: .category(categories: ["Köln", "a\tb"], unseen: .other, fill: nil), missingValues: [""])
        return TrainedModel(
            task: .classification, precision: precision, loss: "cross_entropy",
            preprocessing: Preprocessing(features: [age, city], csv: CSVOptions()),
            target: .classes(name: "species", classes: ["no", "010", "yes"]),
            layers: [
                TrainedLayer(
                    name: "dense_1", type: "dense", activation: .relu,
                    weight: Matrix(rows: 3, columns: 2, values: [0.1, -0.25, 1, 2, 1e-7, 3e10], precision: precision),
                    bias: Matrix(rows: 1, columns: 2, values: [0, -0.0], precision: precision)),
                TrainedLayer(name: "act", type: "activation", activation: .tanh, weight: nil, bias: nil),
                TrainedLayer(
                    name: "dense_2", type: "dense", activation: .softmax,
                    weight: Matrix(rows: 2, columns: 3, values: [1, 2, 3, 4, 5, 6], precision: precision), bias: nil),
            ])
    }

    /// One input, one dense layer with the given weights, no bias.
    static func regression(_ values: [Double], _ precision: TrainingSpec.Precision) -> TrainedModel {
        let names = values.indices.map { "y\($0)" }
        return TrainedModel(
            task: .regression, precision: precision, loss: "mse",
            preprocessing: Preprocessing(
                features: [FeatureTransform(name: "x", kind: .number(normalize: .none, center: 0, scale: 1, fill: nil), missingValues: [""])],
                csv: CSVOptions()),
            target: .values(names: names, centers: names.map { _ in -0.5 }, scales: names.map { _ in 2 }),
            layers: [
                TrainedLayer(
                    name: "out", type: "dense", activation: .linear,
                    weight: Matrix(rows: 1, columns: values.count, values: values, precision: precision), bias: nil)
            ])
    }

    static var record: TrainingRecord {
        let epochs = [
            EpochRecord(epoch: 1, learningRate: 0.001, trainLoss: 0.5, validationLoss: 0.625, validationMetrics: [0.75, nil]),
            EpochRecord(epoch: 2, learningRate: 0.001, trainLoss: 0.25, validationLoss: 0.1, validationMetrics: [1, 0.5]),
        ]
        return TrainingRecord(
            metricNames: ["accuracy", "macro_f1"], hasValidation: true, epochs: epochs, bestEpoch: 2, stopReason: .epochs,
            evaluations: [
                PartEvaluation(part: "train", rows: 4, loss: 0.25, metrics: [("accuracy", 1), ("macro_f1", nil)], baseline: ("accuracy", 0.5))
            ])
    }
}

/// Reads a text as a weights file: the model, or the diagnostics.
func readWeights(_ bytes: [UInt8]) -> (model: TrainedModel?, diagnostics: [Diagnostic]) {
    let sink = DiagnosticSink()
    let model = try? WeightsFile.read(bytes, name: "weights.json", sink: sink)
    return (model, sink.diagnostics)
}

func text(of model: TrainedModel) -> String { String(decoding: WeightsFile.text(of: model), as: UTF8.self) }
